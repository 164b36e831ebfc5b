package io.sluice.lake;

import static org.apache.spark.sql.functions.arrays_overlap;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.struct;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The lake table {@code files}. Each of its commits is a batch, numbered by the table's sequence: a
 * batch of bronze that the ledger does not list was never finished, and its number is used again.
 */
public final class Ledger {
  /** Under this name stages record the last batch that they consumed. */
  public static final String PROGRESS = "ledger";

  /** Its rows were taken into bronze by this line's batch, or an earlier one. */
  public static final String IN_BRONZE = "outcome in ('ACCEPTED', 'WAITING')";

  private static final String ACCEPTED = "outcome = 'ACCEPTED'";

  /** A copy of accepted content holds its own place in the order, though it brought no rows. */
  public static final String COUNTS = "(outcome = 'ACCEPTED' or reason = 'DUPLICATE_CONTENT')";

  /** Refused or taken back after it had counted, or for others: its slices may be another's now. */
  private static final String WITHDRAWN =
      "(outcome in ('REFUSED', 'RETRACTED') and size(slices) > 0)";

  static final String NAME = "files";

  /**
   * So many batches make one partition, which is one file: each batch is written with the others.
   */
  private static final int BATCHES_A_CHUNK = 64;

  private static final String CHUNK = "chunk";
  private static final StructType SCHEMA = FileRecord.SCHEMA.add(CHUNK, DataTypes.LongType);

  private final LakeTable table;
  private final LedgerLines lines;

  public Ledger(Lake lake) {
    this.table = lake.table(Layer.OPS, NAME);
    this.lines = lake.ledgerLines();
  }

  public LakeTable table() {
    return table;
  }

  public LakeState open() {
    return table.create(
        SCHEMA, List.of(CHUNK), "Every file version ever seen, and what became of it");
  }

  /** Number of the last batch, 0 before the first. */
  public long lastBatch() {
    return table.state().map(LakeState::sequence).orElse(0L);
  }

  /** The name under which progress over this ledger is recorded; a ledger made anew has another. */
  public static String progressName(LakeState ledger) {
    return PROGRESS + "/" + ledger.tableId();
  }

  public Dataset<Row> read() {
    return lines.now();
  }

  /**
   * The latest line of each sighting, that is of one content under one path at one place in the
   * order: a later line takes an earlier one back. Columns of {@link FileRecord#SCHEMA}.
   */
  public Dataset<Row> standing() {
    var latestFirst =
        Window.partitionBy("source", "uri", "file_id", "order_key").orderBy(col("batch").desc());
    return read()
        .withColumn("_line", row_number().over(latestFirst))
        .where("_line = 1")
        .drop("_line");
  }

  /** Files of whose last sighting this became, by source and path. */
  public Dataset<Row> latest(String outcome) {
    var latestFirst =
        Window.partitionBy("source", "uri").orderBy(col("batch").desc(), col("modified_at").desc());
    return read()
        .withColumn("_line", row_number().over(latestFirst))
        .where(col("_line").equalTo(1).and(col("outcome").equalTo(outcome)))
        .drop("_line")
        .orderBy("source", "uri");
  }

  /**
   * Sightings that count, or are refused for a tie, at some of these places in the order: those for
   * some of these slices, and all parts of a delivery that has one among them.
   */
  public List<FileRecord> at(String source, Set<String> orderKeys, Set<String> slices) {
    return at(source, orderKeys, slices, Set.of());
  }

  /**
   * Sightings that count, or are refused for a tie, at some of these places in the order: those for
   * some of these slices, those of some of these deliveries, and all parts of a delivery that has
   * one among them.
   *
   * @param deliveries path keys
   */
  public List<FileRecord> at(
      String source, Set<String> orderKeys, Set<String> slices, Set<String> deliveries) {
    Dataset<Row> places =
        standing()
            .where(col("source").equalTo(source))
            .where(COUNTS + " or reason = 'ORDER_TIE'")
            .where(col("order_key").isInCollection(orderKeys));
    Column ofSlices = arrays_overlap(col("slices"), lit(slices.toArray(String[]::new)));
    Column parts = col("part").notEqual("").and(col("path_key").isInCollection(deliveries));
    List<FileRecord> found = new ArrayList<>(records(places.where(ofSlices.or(parts))));
    Set<String> others =
        found.stream()
            .filter(file -> !file.part().isEmpty() && !deliveries.contains(file.pathKey()))
            .map(FileRecord::pathKey)
            .collect(Collectors.toSet());
    if (!others.isEmpty()) {
      Column rest = col("part").notEqual("").and(col("path_key").isInCollection(others));
      found.addAll(records(places.where(not(ofSlices).and(rest))));
    }
    return List.copyOf(found);
  }

  /**
   * What became of the files of some deliveries, and of those that wait for a part of theirs.
   *
   * @param deliveries path keys
   */
  public List<FileRecord> ofDeliveries(String source, Set<String> deliveries) {
    Dataset<Row> ofSource = read().where(col("source").equalTo(source));
    Dataset<Row> incomplete =
        ofSource.where("reason = 'DELIVERY_INCOMPLETE'").select("path_key").distinct();
    Set<String> keys = new HashSet<>(deliveries);
    incomplete.collectAsList().forEach(row -> keys.add(row.getString(0)));
    return records(
        standing()
            .where(col("source").equalTo(source))
            .where(col("path_key").isInCollection(keys)));
  }

  /** Under which path keys files count, by path; of each the latest. */
  public Map<String, String> pathKeys(String source, Set<String> uris) {
    Map<String, String> keys = new HashMap<>();
    standing()
        .where(COUNTS)
        .where(col("source").equalTo(source))
        .where(col("uri").isInCollection(uris))
        .orderBy("order_key", "batch")
        .select("uri", "path_key")
        .collectAsList()
        .forEach(row -> keys.put(row.getString(0), row.getString(1)));
    return keys;
  }

  /**
   * The other parts of the version of a delivery that a part is of, as far as they count, wait, or
   * are tied.
   */
  public List<FileRecord> together(FileRecord part) {
    return records(
        standing()
            .where(COUNTS + " or outcome = 'WAITING' or reason = 'ORDER_TIE'")
            .where("part <> ''")
            .where(col("source").equalTo(part.source()))
            .where(col("path_key").equalTo(part.pathKey()))
            .where(col("order_key").equalTo(part.orderKey()))
            .where(col("uri").notEqual(part.uri())));
  }

  private static List<FileRecord> records(Dataset<Row> lines) {
    return lines.collectAsList().stream().map(FileRecord::of).toList();
  }

  /**
   * The files of a source that count: accepted, or copies of such, and of the latest version of
   * their delivery; that is one file, or its parts. Columns of {@link FileRecord#SCHEMA}.
   */
  public Dataset<Row> serving(String source) {
    var versions = Window.partitionBy("path_key");
    var newestFirst =
        Window.partitionBy("path_key", "order_key", "part")
            .orderBy(col("batch").desc(), col("file_id").desc());
    return standing()
        .where(COUNTS)
        .where(col("source").equalTo(source))
        .withColumn("_newest", max("order_key").over(versions))
        .where("order_key = _newest")
        .withColumn("_rank", row_number().over(newestFirst))
        .where("_rank = 1")
        .drop("_newest", "_rank");
  }

  /**
   * Which files each slice of a source comes from, one or the parts of one delivery that restate
   * it: slice, file_id, bronze_batch, order_key, uri, contract, part.
   */
  public Dataset<Row> winners(String source) {
    var ofSlice = Window.partitionBy("slice");
    return serving(source)
        .select(
            explode(col("slices")).as("slice"),
            col("file_id"),
            struct("order_key", "batch", "path_key").as("place"),
            struct("batch", "bronze_batch", "uri", "contract", "part").as("claim"))
        .withColumn("_first", max("place").over(ofSlice))
        .where("place.order_key = _first.order_key and place.path_key = _first.path_key")
        .groupBy("slice", "file_id")
        .agg(max("claim").as("claim"), max("place.order_key").as("order_key"))
        .select(
            "slice",
            "file_id",
            "claim.bronze_batch",
            "order_key",
            "claim.uri",
            "claim.contract",
            "claim.part");
  }

  /**
   * Slices that the batches in (from, to] restate, or whose file they replace or refuse: slice. A
   * copy moves nothing by itself; what it held before counts once its path changes.
   */
  public Dataset<Row> slicesIn(String source, long from, long to) {
    Dataset<Row> ofSource = read().where(col("source").equalTo(source));
    Dataset<Row> moved =
        ofSource.where(
            col("batch").leq(from).and(expr(COUNTS)).or(expr(ACCEPTED)).or(expr(WITHDRAWN)));
    Dataset<Row> paths =
        ofSource
            .where(COUNTS + " or " + WITHDRAWN)
            .where(col("batch").gt(from).and(col("batch").leq(to)))
            .select("path_key")
            .distinct();
    return moved.join(paths, "path_key").select(explode(col("slices")).as("slice")).distinct();
  }

  /**
   * Content that was taken back by hand, and up to which place in the order: what is sent anew at a
   * later one counts again.
   *
   * @param ids file ids to look for
   */
  public Map<String, FileRecord> retracted(String source, Set<String> ids) {
    Map<String, FileRecord> latest = new HashMap<>();
    standing()
        .where("outcome = 'RETRACTED'")
        .where(col("source").equalTo(source))
        .where(col("file_id").isInCollection(ids))
        .orderBy("order_key", "uri")
        .collectAsList()
        .forEach(row -> latest.put(row.getAs("file_id"), FileRecord.of(row)));
    return latest;
  }

  /**
   * Commits a batch. Its lines join those of the batches just before in one file, so that the
   * ledger of years of small batches has few.
   */
  public LakeState commit(LakeState from, List<FileRecord> files, String runId) {
    long chunk = (from.sequence() + 1) / BATCHES_A_CHUNK;
    List<Row> rows = files.stream().map(FileRecord::toRow).toList();
    Dataset<Row> added =
        table
            .spark()
            .createDataFrame(rows, FileRecord.SCHEMA)
            .withColumn(CHUNK, lit(chunk))
            .select(Stream.of(SCHEMA.fieldNames()).map(name -> col(name)).toArray(Column[]::new));
    Dataset<Row> there = lines.at(from).where(col(CHUNK).equalTo(chunk));
    LakeState after =
        table.commit(
            from,
            LakeWrite.replaceWhere(
                there.unionByName(added).coalesce(1),
                CHUNK + " = " + chunk,
                LakeWrite.stamp(runId)));
    lines.committed(from, after, added);
    return after;
  }

  /** The ledger as it is now, if there is one. */
  public Optional<LakeState> state() {
    return table.state();
  }
}
