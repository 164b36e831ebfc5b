package io.sluice.lake;

import io.sluice.error.Reason;
import io.sluice.error.SluiceException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.catalyst.expressions.GenericRowWithSchema;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import scala.collection.JavaConverters;

/**
 * One line of the ledger: a file version as it was seen, and what became of it. A later line with
 * the same uri, file id and order key takes an earlier one back.
 *
 * @param batch number of the ledger's commit that holds this line
 * @param fileId SHA-256 of the content; empty where it was not read
 * @param uri path relative to the landing root
 * @param pathKey the uri without its version and part: files that share it are versions of one
 *     another, or parts of one version
 * @param orderKey sorts as text in the declared order; empty where unknown
 * @param reason code of a refusal, else empty
 * @param contract hash of the contract that it was read under, and after {@code @} its version
 * @param sheetRows rows of the sheet, up to the last one with content
 * @param bronzeRows rows landed; the rest of the sheet's rows was skipped
 * @param bronzeBatch the batch of bronze that holds its rows, -1 for none; a copy names that of
 *     what it is a copy of
 * @param slices what it restates, as slice texts; of a refused file, what it would restate or once
 *     did
 * @param notes unknown headers and other remarks
 * @param layout JSON: sheet, header row, column letters and headers; of several sheets a list
 * @param part which part of its delivery it is, {@code 2} or {@code 2/3}; empty for a whole one
 * @param manifest size and time of the manifest that it was held against; empty for none
 * @param etag what the store calls its content; empty where it does not
 */
public record FileRecord(
    String source,
    long batch,
    String fileId,
    String uri,
    String pathKey,
    long size,
    Instant modifiedAt,
    String orderKey,
    Outcome outcome,
    String reason,
    String problem,
    String why,
    String remedy,
    String sheet,
    String cell,
    String contract,
    long sheetRows,
    long bronzeRows,
    long bronzeBatch,
    List<String> slices,
    List<String> notes,
    String layout,
    String runId,
    Instant recordedAt,
    String part,
    String manifest,
    String etag) {

  /** What became of a file. */
  public enum Outcome {
    /** Its rows are in bronze. */
    ACCEPTED,
    /** It breaks its contract, or cannot be read. */
    REFUSED,
    /** Nothing was to be taken from it: a lock file, or content that is there already. */
    SKIPPED,
    /** It counted until somebody took it back by hand; its content counts only at a later place. */
    RETRACTED,
    /** Its rows are in bronze, and do not count unless somebody approves it. */
    WAITING
  }

  public static final StructType SCHEMA =
      new StructType()
          .add("source", DataTypes.StringType)
          .add("batch", DataTypes.LongType)
          .add("file_id", DataTypes.StringType)
          .add("uri", DataTypes.StringType)
          .add("path_key", DataTypes.StringType)
          .add("size", DataTypes.LongType)
          .add("modified_at", DataTypes.TimestampType)
          .add("order_key", DataTypes.StringType)
          .add("outcome", DataTypes.StringType)
          .add("reason", DataTypes.StringType)
          .add("problem", DataTypes.StringType)
          .add("why", DataTypes.StringType)
          .add("remedy", DataTypes.StringType)
          .add("sheet", DataTypes.StringType)
          .add("cell", DataTypes.StringType)
          .add("contract", DataTypes.StringType)
          .add("sheet_rows", DataTypes.LongType)
          .add("bronze_rows", DataTypes.LongType)
          .add("bronze_batch", DataTypes.LongType)
          .add("slices", DataTypes.createArrayType(DataTypes.StringType))
          .add("notes", DataTypes.createArrayType(DataTypes.StringType))
          .add("layout", DataTypes.StringType)
          .add("run_id", DataTypes.StringType)
          .add("recorded_at", DataTypes.TimestampType)
          .add("part", DataTypes.StringType)
          .add("manifest", DataTypes.StringType)
          .add("etag", DataTypes.StringType);

  public FileRecord {
    slices = List.copyOf(slices);
    notes = List.copyOf(notes);
  }

  /** A delivery of its own, without a manifest, in a store that does not name contents. */
  public FileRecord(
      String source,
      long batch,
      String fileId,
      String uri,
      String pathKey,
      long size,
      Instant modifiedAt,
      String orderKey,
      Outcome outcome,
      String reason,
      String problem,
      String why,
      String remedy,
      String sheet,
      String cell,
      String contract,
      long sheetRows,
      long bronzeRows,
      long bronzeBatch,
      List<String> slices,
      List<String> notes,
      String layout,
      String runId,
      Instant recordedAt) {
    this(
        source,
        batch,
        fileId,
        uri,
        pathKey,
        size,
        modifiedAt,
        orderKey,
        outcome,
        reason,
        problem,
        why,
        remedy,
        sheet,
        cell,
        contract,
        sheetRows,
        bronzeRows,
        bronzeBatch,
        slices,
        notes,
        layout,
        runId,
        recordedAt,
        "",
        "",
        "");
  }

  /** The same file, as it came. */
  public FileRecord received(String part, String manifest, String etag) {
    return with(Map.of("part", part, "manifest", manifest, "etag", etag));
  }

  /** The same file as a version of what has this path key. */
  public FileRecord under(String pathKey) {
    return with(Map.of("path_key", pathKey));
  }

  /** The same file at another place in the order. */
  public FileRecord at(String orderKey) {
    return with(Map.of("order_key", orderKey));
  }

  /** Refused before it counted: it holds no place in the order, and restates nothing. */
  public FileRecord refused(SluiceException refusal) {
    return with(Map.of("order_key", "", "slices", new String[0]))
        .as(
            Outcome.REFUSED,
            refusal.reason().name(),
            refusal.problem(),
            refusal.why(),
            refusal.remedy(),
            0,
            -1);
  }

  /** Refused at its place in the order, where it may have counted: its slices are another's now. */
  public FileRecord withdrawn(SluiceException refusal) {
    return as(
        Outcome.REFUSED,
        refusal.reason().name(),
        refusal.problem(),
        refusal.why(),
        refusal.remedy(),
        0,
        bronzeBatch);
  }

  /** The same sighting as a line of a later batch. */
  public FileRecord inBatch(long later, String run, Instant at) {
    return with(Map.of("batch", later, "run_id", run, "recorded_at", at));
  }

  /** The same sighting, taken back by hand. */
  public FileRecord retracted(long later, String run, Instant at, String by, String because) {
    return inBatch(later, run, at)
        .as(
            Outcome.RETRACTED,
            Reason.RETRACTED.name(),
            "Taken back by hand by " + by,
            because,
            "It counts again once it is sent anew at a later place in its source's order.",
            bronzeRows,
            bronzeBatch);
  }

  /** The same line, its rows being in another batch of bronze. */
  public FileRecord inBronze(long bronzeBatch) {
    return with(Map.of("bronze_batch", bronzeBatch));
  }

  /** The same sighting with another outcome, and all that hangs on it. */
  public FileRecord as(
      Outcome outcome,
      String reason,
      String problem,
      String why,
      String remedy,
      long bronzeRows,
      long bronzeBatch) {
    return with(
        Map.of(
            "outcome",
            outcome.name(),
            "reason",
            reason,
            "problem",
            problem,
            "why",
            why,
            "remedy",
            remedy,
            "bronze_rows",
            bronzeRows,
            "bronze_batch",
            bronzeBatch));
  }

  /** The same line with other values in some columns of {@link #SCHEMA}. */
  private FileRecord with(Map<String, Object> changed) {
    Row row = toRow();
    Object[] values = new Object[SCHEMA.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = changed.getOrDefault(SCHEMA.fieldNames()[i], row.get(i));
    }
    return of(new GenericRowWithSchema(values, SCHEMA));
  }

  public long skippedRows() {
    return sheetRows - bronzeRows;
  }

  public Row toRow() {
    return RowFactory.create(
        source,
        batch,
        fileId,
        uri,
        pathKey,
        size,
        modifiedAt,
        orderKey,
        outcome.name(),
        reason,
        problem,
        why,
        remedy,
        sheet,
        cell,
        contract,
        sheetRows,
        bronzeRows,
        bronzeBatch,
        slices.toArray(String[]::new),
        notes.toArray(String[]::new),
        layout,
        runId,
        recordedAt,
        part,
        manifest,
        etag);
  }

  public static FileRecord of(Row row) {
    return new FileRecord(
        row.getAs("source"),
        row.<Long>getAs("batch"),
        row.getAs("file_id"),
        row.getAs("uri"),
        row.getAs("path_key"),
        row.<Long>getAs("size"),
        instant(row.getAs("modified_at")),
        row.getAs("order_key"),
        Outcome.valueOf(row.getAs("outcome")),
        row.getAs("reason"),
        row.getAs("problem"),
        row.getAs("why"),
        row.getAs("remedy"),
        row.getAs("sheet"),
        row.getAs("cell"),
        row.getAs("contract"),
        row.<Long>getAs("sheet_rows"),
        row.<Long>getAs("bronze_rows"),
        row.<Long>getAs("bronze_batch"),
        texts(row, "slices"),
        texts(row, "notes"),
        row.getAs("layout"),
        row.getAs("run_id"),
        instant(row.getAs("recorded_at")),
        row.getAs("part"),
        row.getAs("manifest"),
        row.getAs("etag"));
  }

  private static List<String> texts(Row row, String column) {
    return row.get(row.fieldIndex(column)) instanceof String[] own
        ? List.of(own)
        : JavaConverters.seqAsJavaList(row.<scala.collection.Seq<String>>getAs(column));
  }

  private static Instant instant(Object value) {
    return value instanceof Timestamp timestamp ? timestamp.toInstant() : (Instant) value;
  }
}
