package io.sluice.run;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.countDistinct;
import static org.apache.spark.sql.functions.lit;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import io.sluice.config.Pipeline;
import io.sluice.config.SilverTable;
import io.sluice.lake.FileRecord;
import io.sluice.lake.Lake;
import io.sluice.lake.LakeTable;
import io.sluice.lake.Layer;
import io.sluice.lake.Ledger;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What is rejected of a pipeline now.
 *
 * @param counts by source, table, reason and file
 * @param rejects the single ones, up to a limit
 * @param total how many there are
 * @param refused files whose last version was refused
 */
@JsonAutoDetect(fieldVisibility = JsonAutoDetect.Visibility.ANY)
public record RejectList(
    List<Count> counts, List<Line> rejects, long total, List<FileLine> refused) {

  /** How many rejects of a kind a file has, and how many rows that are. */
  public record Count(
      String source, String table, String reason, String file, long rejects, long rows) {}

  /** One reason for which one row is not in silver. */
  public record Line(
      String source,
      String table,
      String file,
      String fileId,
      String sheet,
      int row,
      String cell,
      String column,
      String reason,
      String rule,
      String raw,
      String message) {}

  public boolean isEmpty() {
    return total == 0 && refused.isEmpty();
  }

  /** Those that a filter asks for. */
  public static RejectList of(Lake lake, Pipeline pipeline, RejectFilter filter) {
    List<FileLine> refused = refused(lake, filter).stream().map(FileLine::of).toList();
    LakeTable table = lake.table(Layer.SILVER, "rejects");
    if (!table.exists()) {
      return new RejectList(List.of(), List.of(), 0, refused);
    }
    Dataset<Row> rejects = selected(table.read(), filter);
    List<Count> counts = new ArrayList<>();
    long total = 0;
    for (Row row :
        rejects
            .groupBy("table_name", "reason", "uri")
            .agg(count(lit(1)), countDistinct(col("file_id"), col("sheet"), col("sheet_row")))
            .orderBy("table_name", "reason", "uri")
            .collectAsList()) {
      String name = row.getString(0);
      counts.add(
          new Count(
              source(pipeline, name),
              name,
              row.getString(1),
              row.getString(2),
              row.getLong(3),
              row.getLong(4)));
      total += row.getLong(3);
    }
    boolean none = total == 0 || filter.limit() == 0;
    return new RejectList(
        counts, none ? List.of() : lines(pipeline, rejects, filter.limit()), total, refused);
  }

  /** The files that have such rejects. */
  static List<RejectedFile> files(Lake lake, Pipeline pipeline, RejectFilter filter) {
    LakeTable table = lake.table(Layer.SILVER, "rejects");
    if (!table.exists()) {
      return List.of();
    }
    return selected(table.read(), filter)
        .select("table_name", "uri", "file_id")
        .distinct()
        .orderBy("uri", "file_id", "table_name")
        .collectAsList()
        .stream()
        .map(
            row ->
                new RejectedFile(
                    source(pipeline, row.getString(0)), row.getString(1), row.getString(2)))
        .distinct()
        .toList();
  }

  /** The rejects of one file. */
  static List<Line> of(Lake lake, Pipeline pipeline, RejectFilter filter, String fileId) {
    Dataset<Row> ofFile =
        selected(lake.table(Layer.SILVER, "rejects").read(), filter)
            .where(col("file_id").equalTo(fileId));
    return lines(pipeline, ofFile, filter.limit());
  }

  private static List<Line> lines(Pipeline pipeline, Dataset<Row> rejects, int limit) {
    return rejects
        .orderBy("table_name", "uri", "sheet", "sheet_row", "column_name", "rule")
        .limit(limit)
        .collectAsList()
        .stream()
        .map(row -> line(pipeline, row))
        .toList();
  }

  /** The ledger's lines of files whose last version was refused. */
  static List<FileRecord> refused(Lake lake, RejectFilter filter) {
    Ledger ledger = new Ledger(lake);
    if (ledger.state().isEmpty()) {
      return List.of();
    }
    Column asked = lit(true);
    if (!filter.reason().isEmpty()) {
      asked = asked.and(col("reason").equalTo(filter.reason()));
    }
    if (!filter.table().isEmpty()) {
      asked = asked.and(col("source").equalTo(filter.table()));
    }
    return ledger
        .latest("REFUSED")
        .where(asked.and(file(filter)))
        .limit(1000)
        .collectAsList()
        .stream()
        .map(FileRecord::of)
        .toList();
  }

  private static Dataset<Row> selected(Dataset<Row> rejects, RejectFilter filter) {
    Column asked = file(filter);
    if (!filter.reason().isEmpty()) {
      asked = asked.and(col("reason").equalTo(filter.reason()));
    }
    if (!filter.table().isEmpty()) {
      asked = asked.and(col("table_name").equalTo(filter.table()));
    }
    return rejects.where(asked);
  }

  private static Column file(RejectFilter filter) {
    return filter.file().isEmpty()
        ? lit(true)
        : col("uri").equalTo(filter.file()).or(col("uri").endsWith("/" + filter.file()));
  }

  /** The one place where raw texts leave the lake for a person's eyes. */
  private static Line line(Pipeline pipeline, Row row) {
    String table = row.getAs("table_name");
    return new Line(
        source(pipeline, table),
        table,
        row.getAs("uri"),
        row.getAs("file_id"),
        row.getAs("sheet"),
        row.<Integer>getAs("sheet_row"),
        row.getAs("cell"),
        row.getAs("column_name"),
        row.getAs("reason"),
        row.getAs("rule"),
        row.getAs("raw"),
        row.getAs("message"));
  }

  /** Empty for a table that is not declared any more. */
  private static String source(Pipeline pipeline, String table) {
    SilverTable declared = pipeline.silver().get(table);
    return declared == null ? "" : declared.from();
  }
}
