package io.sluice.silver;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.sluice.config.Pipeline;
import io.sluice.config.SilverTable;
import io.sluice.config.Source;
import io.sluice.error.Reason;
import io.sluice.error.SluiceException;
import io.sluice.lake.BronzeTable;
import io.sluice.lake.Definitions;
import io.sluice.lake.Lake;
import io.sluice.lake.Ledger;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The files that a conform works on: those that its batches bring, and those that serve the slices
 * it makes anew.
 */
final class BatchFiles {
  /** Whether the file of a row serves the row's slice. */
  static final String SERVING = "_serving";

  private static final int PART_DIGITS = 10;

  private final Source source;
  private final Map<String, NewFile> brought;
  private final List<Row> claims;
  private final Map<String, Long> readings;

  private BatchFiles(Source source, Map<String, NewFile> brought, List<Row> claims) {
    this.source = source;
    this.brought = brought;
    this.claims = claims;
    this.readings = readings(brought, claims);
    brought
        .entrySet()
        .removeIf(file -> readings.get(file.getKey()) > file.getValue().bronzeBatch());
  }

  /**
   * @param affected names of the slices to make anew, in column {@link ConformWork#AFFECTED}
   * @param from last batch that is consumed already
   * @param upTo last batch to consume
   */
  static BatchFiles of(Ledger ledger, Source source, Dataset<Row> affected, long from, long upTo) {
    List<Row> claims =
        ledger
            .winners(source.name())
            .join(affected, col("slice").equalTo(col(ConformWork.AFFECTED)))
            .select("slice", "file_id", "bronze_batch", "uri", "contract", "part")
            .collectAsList();
    return new BatchFiles(source, brought(ledger, source, from, upTo), claims);
  }

  /**
   * Files that the batches bring and no later batch takes back, and those that they take back by
   * hand, by id. What was read under a contract with other rows cannot be told apart into rows any
   * more, and serves nothing.
   */
  private static Map<String, NewFile> brought(Ledger ledger, Source source, long from, long upTo) {
    Map<String, NewFile> files = new LinkedHashMap<>();
    for (Row row :
        ledger
            .standing()
            .where("outcome = 'ACCEPTED' or (outcome = 'RETRACTED' and bronze_rows > 0)")
            .where(col("source").equalTo(source.name()))
            .where(col("batch").gt(from).and(col("batch").leq(upTo)))
            .orderBy(col("outcome").desc(), col("bronze_batch"))
            .select("file_id", "uri", "bronze_rows", "bronze_batch", "contract", "outcome")
            .collectAsList()) {
      if (Definitions.servesRows(row.getString(4), source)) {
        files.put(
            row.getString(0),
            new NewFile(
                row.getString(1),
                row.getLong(2),
                row.getLong(3),
                row.getString(5).equals("RETRACTED")));
      }
    }
    return files;
  }

  /** The batch of bronze from which each file's rows are taken: the latest that read it. */
  private static Map<String, Long> readings(Map<String, NewFile> brought, List<Row> claims) {
    Map<String, Long> readings = new HashMap<>();
    claims.forEach(
        claim -> readings.merge(claim.getAs("file_id"), claim.getAs("bronze_batch"), Math::max));
    brought.forEach((id, file) -> readings.merge(id, file.bronzeBatch(), Math::max));
    return readings;
  }

  /** What the batches bring, by file id. */
  Map<String, NewFile> brought() {
    return brought;
  }

  /**
   * Rows in bronze say what they are by their place in the contract, so it must be this one.
   *
   * @throws SluiceException DEFINITION_CHANGED
   */
  void requireContract(Pipeline pipeline, SilverTable table) {
    String contract = Definitions.contract(source);
    for (Row claim : claims) {
      if (!Definitions.servesRows(claim.getAs("contract"), source)) {
        throw new SluiceException(
            Reason.DEFINITION_CHANGED,
            "The contract of source " + source.name() + " changed since workbooks of it were read",
            claim.getAs("uri")
                + " was read under another contract"
                + Definitions.inVersion(claim.getAs("contract"))
                + " than the one"
                + Definitions.inVersion(contract)
                + " that "
                + table.name()
                + " is to be made under",
            "Run 'sluice rebuild %s %s' to read them again, or undo the change."
                .formatted(pipeline.definedIn(), table.name()));
      }
    }
  }

  /**
   * The rows of these files, converted, with {@link #SERVING}.
   *
   * @param layout of the silver table
   * @param whole whether the files are so many that bronze is not searched for them by id
   */
  Dataset<Row> rows(Lake lake, ZoneId zone, SilverLayout layout, boolean whole) {
    Dataset<Row> rows =
        BronzeTable.read(lake, source)
            .where(col(BronzeTable.BATCH).isInCollection(Set.copyOf(readings.values())));
    if (!whole) {
      rows = rows.where(col(BronzeTable.FILE_ID).isInCollection(readings.keySet()));
    }
    rows =
        rows.join(
            broadcast(readings(lake)),
            col(BronzeTable.FILE_ID)
                .equalTo(col("_file"))
                .and(col(BronzeTable.BATCH).equalTo(col("_reading"))),
            "left_semi");
    return ConvertedRows.of(rows, layout, zone)
        .join(
            broadcast(claimed(lake)),
            col(ConvertedRows.SLICE)
                .equalTo(col("_claimed"))
                .and(col(BronzeTable.FILE_ID).equalTo(col("_claimant"))),
            "left")
        .withColumn(
            SERVING, coalesce(col("_claimant").equalTo(col(BronzeTable.FILE_ID)), lit(false)))
        .withColumn(ClassifiedRows.PART, coalesce(col(ClassifiedRows.PART), lit("")))
        .where(col(SERVING).or(col(BronzeTable.FILE_ID).isInCollection(brought.keySet())))
        .drop("_claimed", "_claimant");
  }

  private Dataset<Row> claimed(Lake lake) {
    return lake.spark()
        .createDataFrame(
            claims.stream()
                .map(
                    claim ->
                        RowFactory.create(
                            claim.getString(0), claim.getString(1), part(claim.getAs("part"))))
                .toList(),
            new StructType()
                .add("_claimed", DataTypes.StringType)
                .add("_claimant", DataTypes.StringType)
                .add(ClassifiedRows.PART, DataTypes.StringType));
  }

  /** A part as text that sorts by its number. */
  private static String part(String part) {
    int of = part.indexOf('/');
    String number = of < 0 ? part : part.substring(0, of);
    return "0".repeat(Math.max(0, PART_DIGITS - number.length())) + number;
  }

  private Dataset<Row> readings(Lake lake) {
    return lake.spark()
        .createDataFrame(
            readings.entrySet().stream()
                .map(each -> RowFactory.create(each.getKey(), each.getValue()))
                .toList(),
            new StructType()
                .add("_file", DataTypes.StringType)
                .add("_reading", DataTypes.LongType));
  }
}
