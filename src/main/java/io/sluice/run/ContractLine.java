package io.sluice.run;

import io.sluice.config.Pipeline;
import io.sluice.config.Source;
import io.sluice.lake.Definitions;
import io.sluice.lake.Lake;
import io.sluice.lake.Ledger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Row;

/**
 * Under which version of a source's contract the files that count were read.
 *
 * @param now the version that the source declares
 * @param version the version that files were read under; empty where there was none
 * @param files how many
 */
public record ContractLine(String source, String now, String version, long files) {

  /** Of the sources that declare a version; one line a version that files were read under. */
  static List<ContractLine> of(Lake lake, Pipeline pipeline) {
    Ledger ledger = new Ledger(lake);
    List<ContractLine> lines = new ArrayList<>();
    if (ledger.state().isEmpty()) {
      return lines;
    }
    for (Source source : pipeline.sources().values()) {
      if (source.version().isEmpty()) {
        continue;
      }
      Map<String, Long> byVersion = new TreeMap<>();
      for (Row row : ledger.serving(source.name()).groupBy("contract").count().collectAsList()) {
        byVersion.merge(Definitions.version(row.getString(0)), row.getLong(1), Long::sum);
      }
      byVersion.forEach(
          (version, files) ->
              lines.add(new ContractLine(source.name(), source.version(), version, files)));
    }
    return lines;
  }
}
