package io.sluice.lake;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.struct;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.config.Source;
import io.sluice.contract.AddedColumns;
import io.sluice.workbook.ColumnDrift;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The lake table {@code drift}: for each way in which workbooks were not as their contract says and
 * were taken all the same, the first file that was. It follows the ledger, whose lines tell of each
 * file; so a run that was killed before it wrote here leaves nothing out.
 */
public final class DriftHistory {
  /** Under which a sheet's layout in the ledger tells of its drift. */
  public static final String IN_LAYOUT = "drift";

  /** So many lines are looked at again and again before a commit says that they told nothing. */
  private static final int MOST_AGAIN = 500;

  /**
   * Of what never counted, nothing was let pass; of what is tied, it must not matter when it was.
   */
  private static final String TAKEN = Ledger.COUNTS + " or reason = 'ORDER_TIE'";

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final StructType SCHEMA =
      new StructType()
          .add("source", DataTypes.StringType)
          .add("kind", DataTypes.StringType)
          .add("policy", DataTypes.StringType)
          .add("header", DataTypes.StringType)
          .add("column_name", DataTypes.StringType)
          .add("file_id", DataTypes.StringType)
          .add("uri", DataTypes.StringType)
          .add("batch", DataTypes.LongType)
          .add("run_id", DataTypes.StringType)
          .add("accepted_at", DataTypes.TimestampType);

  private final LakeTable table;
  private final Ledger ledger;

  public DriftHistory(Lake lake) {
    this.table = lake.table(Layer.OPS, "drift");
    this.ledger = new Ledger(lake);
  }

  /**
   * A change that was accepted.
   *
   * @param kind unknown, missing, renamed or retyped
   * @param policy what let it pass: warn, keep-unknown or add-nullable
   * @param header the workbook's text; empty where a column is missing
   * @param column of the contract, or of silver if it was added; empty where there is none
   * @param uri of the first file
   * @param batch of the ledger that took it
   * @param at when the ledger recorded that file
   */
  public record Accepted(
      String source,
      String kind,
      String policy,
      String header,
      String column,
      String fileId,
      String uri,
      long batch,
      String runId,
      Instant at) {

    /** What the first file tells once for all. */
    private List<String> what() {
      return List.of(source, kind, policy, header, column);
    }

    private Row toRow() {
      return RowFactory.create(source, kind, policy, header, column, fileId, uri, batch, runId, at);
    }
  }

  /** Everything accepted so far, what is not written down yet included, in the order of batches. */
  public List<Accepted> all() {
    return List.copyOf(known(lines(consumed())).values());
  }

  /**
   * Writes down what the ledger tells since it was asked last.
   *
   * @throws io.sluice.error.SluiceException FENCED, LAKE_UNWRITABLE
   */
  public void follow(String runId) {
    long last = ledger.lastBatch();
    long consumed = consumed();
    List<Row> lines = consumed < last ? lines(consumed) : List.of();
    if (lines.isEmpty()) {
      return;
    }
    Map<List<String>, Accepted> before = recorded();
    List<Row> fresh =
        known(lines).entrySet().stream()
            .filter(each -> !before.containsKey(each.getKey()))
            .map(each -> each.getValue().toRow())
            .toList();
    if (fresh.isEmpty()
        && lines.stream().mapToLong(line -> line.<Long>getAs("lines")).sum() < MOST_AGAIN) {
      return;
    }
    LakeState state =
        table.create(SCHEMA, List.of(), "Where workbooks were not as declared, and were taken");
    Stamp stamp = new Stamp(runId, 0, "", Map.of(progress(), last), Changes.EVERYTHING);
    table.commit(
        state, LakeWrite.append(table.spark().createDataFrame(fresh, SCHEMA).coalesce(1), stamp));
  }

  /** Names of the columns that silver gets for headers of files that were taken. */
  public SortedSet<String> added(Source source) {
    SortedSet<String> names = new TreeSet<>();
    if (!source.addsColumns()) {
      return names;
    }
    AddedColumns columns = new AddedColumns(source);
    recorded().values().stream()
        .filter(each -> each.source().equals(source.name()))
        .filter(each -> each.kind().equals(text(ColumnDrift.Kind.UNKNOWN)))
        .filter(each -> !each.policy().equals(ColumnDrift.WARN))
        .forEach(each -> columns.column(each.header()).ifPresent(names::add));
    return names;
  }

  private Map<List<String>, Accepted> recorded() {
    Map<List<String>, Accepted> recorded = new LinkedHashMap<>();
    if (table.exists()) {
      table
          .read()
          .orderBy("batch", "uri", "kind", "header", "column_name")
          .collectAsList()
          .forEach(row -> add(recorded, of(row)));
    }
    return recorded;
  }

  private Map<List<String>, Accepted> known(List<Row> lines) {
    Map<List<String>, Accepted> known = recorded();
    lines.forEach(line -> told(line).forEach(each -> add(known, each)));
    return known;
  }

  private static void add(Map<List<String>, Accepted> to, Accepted accepted) {
    to.putIfAbsent(accepted.what(), accepted);
  }

  private long consumed() {
    return table.state().map(state -> state.consumed(progress())).orElse(-1L);
  }

  private String progress() {
    return Ledger.progressName(ledger.open());
  }

  /** For each layout the first file that had it, and how many did. */
  private List<Row> lines(long after) {
    if (ledger.state().isEmpty()) {
      return List.of();
    }
    return ledger
        .read()
        .where(col("batch").gt(after))
        .where(col("layout").contains("\"" + IN_LAYOUT + "\":["))
        .where(TAKEN)
        .groupBy("source", "layout")
        .agg(
            min(struct("batch", "uri", "file_id", "run_id", "recorded_at")).as("first"),
            count(lit(1)).as("lines"))
        .orderBy("first.batch", "first.uri")
        .select(
            "source",
            "layout",
            "first.file_id",
            "first.uri",
            "first.batch",
            "first.run_id",
            "first.recorded_at",
            "lines")
        .collectAsList();
  }

  private static List<Accepted> told(Row line) {
    List<Accepted> told = new ArrayList<>();
    for (JsonNode sheet : sheets(line.getString(1))) {
      for (JsonNode drift : sheet.path(IN_LAYOUT)) {
        told.add(
            new Accepted(
                line.getString(0),
                drift.path("kind").asText().toLowerCase(Locale.ROOT),
                drift.path("policy").asText(),
                drift.path("header").asText(),
                drift.path("column").asText(),
                line.getString(2),
                line.getString(3),
                line.getLong(4),
                line.getString(5),
                line.getInstant(6)));
      }
    }
    return told;
  }

  private static JsonNode sheets(String layout) {
    try {
      JsonNode read = JSON.readTree(layout);
      return read.isArray() ? read : JSON.createArrayNode().add(read);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a layout that the ledger has is no JSON", e);
    }
  }

  private static Accepted of(Row row) {
    return new Accepted(
        row.getString(0),
        row.getString(1),
        row.getString(2),
        row.getString(3),
        row.getString(4),
        row.getString(5),
        row.getString(6),
        row.getLong(7),
        row.getString(8),
        row.getInstant(9));
  }

  private static String text(ColumnDrift.Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }
}
