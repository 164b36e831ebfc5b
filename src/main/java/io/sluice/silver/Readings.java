package io.sluice.silver;

import static org.apache.spark.sql.functions.col;

import io.sluice.config.Source;
import io.sluice.lake.BronzeTable;
import io.sluice.lake.Lake;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Bronze rows of files as they were read last: a changed contract may have read them twice. */
final class Readings {
  private static final String FILE = "_file";
  private static final String READING = "_reading";

  private Readings() {}

  /**
   * @param files lines of the ledger, with file_id and bronze_batch
   */
  static Dataset<Row> of(Lake lake, Source source, Dataset<Row> files) {
    return join(BronzeTable.read(lake, source), files);
  }

  /**
   * @param ids those of the files that are wanted, few enough to search bronze for
   */
  static Dataset<Row> of(Lake lake, Source source, Dataset<Row> files, Set<String> ids) {
    return join(
        BronzeTable.read(lake, source).where(col(BronzeTable.FILE_ID).isInCollection(ids)),
        files.where(col("file_id").isInCollection(ids)));
  }

  private static Dataset<Row> join(Dataset<Row> bronze, Dataset<Row> files) {
    Dataset<Row> readings =
        files.select(col("file_id").as(FILE), col("bronze_batch").as(READING)).distinct();
    return bronze.join(
        readings,
        col(BronzeTable.FILE_ID)
            .equalTo(col(FILE))
            .and(col(BronzeTable.BATCH).equalTo(col(READING))),
        "left_semi");
  }
}
