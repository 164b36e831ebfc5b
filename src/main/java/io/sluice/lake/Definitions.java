package io.sluice.lake;

import static org.apache.spark.sql.functions.substring_index;

import io.sluice.config.Bounds;
import io.sluice.config.Column;
import io.sluice.config.ColumnType;
import io.sluice.config.Csv;
import io.sluice.config.Deliveries;
import io.sluice.config.GoldTable;
import io.sluice.config.Lookup;
import io.sluice.config.Metric;
import io.sluice.config.NumberText;
import io.sluice.config.Order;
import io.sluice.config.SilverTable;
import io.sluice.config.Source;
import io.sluice.contract.KeyedHash;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Hashes of what shapes a table's rows. Descriptions, owners, gates, limits and deadlines shape
 * none and are left out.
 */
public final class Definitions {
  /** Stands between a contract's hash and its version. */
  private static final String VERSION = "@";

  /** Stands before what bronze keeps of cells outside the contract. */
  private static final String CELLS = "+";

  private Definitions() {}

  /**
   * Of everything that decides whether a file of the source is accepted and how its rows are read:
   * first of what its rows are in bronze, and which slices they restate; then of what becomes of
   * them, and of how they are found; then, where they are kept, of the cells outside of it that
   * are, since what is dropped is none of them. What people call its version stands behind; it
   * decides nothing.
   */
  public static String contract(Source source) {
    List<Object> bronze =
        new ArrayList<>(List.of(stored(source), source.layout(), source.reader()));
    if (!source.csv().equals(Csv.USUAL)) {
      bronze.add(source.csv());
    }
    List<Object> found =
        new ArrayList<>(
            List.of(
                rows(source),
                source.drift(),
                source.files(),
                source.dropped(),
                source.empty(),
                source.limits().unpackedBytes(),
                source.limits().unpackedRatio(),
                password(source)));
    if (!source.deliveries().equals(Deliveries.SINGLE)) {
      found.add(source.deliveries());
    }
    String hash = hash(bronze.toArray()) + hash(found.toArray());
    if (source.keepsUnknown()) {
      hash += CELLS + hash(source.dropped(), source.droppedColumns());
    }
    return source.version().isEmpty() ? hash : hash + VERSION + source.version();
  }

  /** What people call the version of a contract; empty where they do not. */
  public static String version(String contract) {
    int at = contract.indexOf(VERSION);
    return at < 0 ? "" : contract.substring(at + VERSION.length());
  }

  /** The version as a part of a sentence, with a blank before it; empty where there is none. */
  public static String inVersion(String contract) {
    String version = version(contract);
    return version.isEmpty() ? "" : " version " + version;
  }

  /** A column of contracts without what people call their versions. */
  public static org.apache.spark.sql.Column withoutVersion(org.apache.spark.sql.Column contract) {
    return substring_index(contract, VERSION, 1);
  }

  /** A contract without what people call its version. */
  public static String withoutVersion(String contract) {
    int at = contract.indexOf(VERSION);
    return at < 0 ? contract : contract.substring(0, at);
  }

  /**
   * Whether rows that were read under one contract are what they would be under the other, with the
   * cells outside of it that bronze keeps.
   */
  public static boolean sameRows(String contract, String other) {
    return rowsOf(contract).equals(rowsOf(other)) && cellsOf(contract).equals(cellsOf(other));
  }

  /**
   * Whether silver can be made of rows that were read under a contract. Cells outside of it matter
   * only where there are columns for them.
   */
  public static boolean servesRows(String contract, Source source) {
    String now = contract(source);
    return source.addsColumns() ? sameRows(contract, now) : rowsOf(contract).equals(rowsOf(now));
  }

  private static String cellsOf(String contract) {
    String hash = withoutVersion(contract);
    int at = hash.indexOf(CELLS);
    return at < 0 ? "" : hash.substring(at);
  }

  private static String rowsOf(String contract) {
    return contract.substring(0, Math.min(Hashes.DEFINITION_DIGITS, contract.length()));
  }

  /**
   * Of a silver table: its contract, its rules and its references. Which columns were added to it
   * for headers that the contract does not name is no part of it; that they are, is.
   *
   * @param zone of timestamps, which moves them
   */
  public static String silver(SilverTable table, Source source, ZoneId zone) {
    List<Object> parts =
        new ArrayList<>(
            List.of(
                rows(source),
                table.key(),
                table.partitionByDate(),
                table.duplicates(),
                table.rules().stream().map(rule -> List.of(rule.name(), rule.row())).toList()));
    table
        .references()
        .forEach(
            reference ->
                parts.add(
                    List.of(
                        reference.name(), reference.columns(), reference.in(), reference.key())));
    if (!table.deletedWhen().isEmpty()) {
      parts.add("deleted when " + table.deletedWhen());
    }
    boolean timestamps =
        source.contractColumns().stream()
            .anyMatch(column -> column.type().kind() == ColumnType.Kind.TIMESTAMP);
    if (timestamps && !zone.normalized().equals(ZoneOffset.UTC)) {
      parts.add("zone " + zone.normalized());
    }
    if (source.addsColumns()) {
      parts.add(List.of("adds columns", source.dropped()));
    }
    return hash(parts.toArray());
  }

  /** Of a gold table: its shape, which for a SQL model holds the text of the SELECT. */
  public static String gold(GoldTable table) {
    return hash(shape(table), table.partitionByDate());
  }

  /**
   * Of the table of what changes in the members of a dimension: which tables observe them or refer
   * to them, and what of.
   */
  public static String changes(GoldTable.Dimension dimension, List<String> referring) {
    return hash(
        dimension.from(), dimension.key(), dimension.asOf(), dimension.attributes(), referring);
  }

  /**
   * Of a table by SQL that uses metrics: what they measure is part of it.
   *
   * @param metrics those that it uses, in any order
   */
  public static String gold(GoldTable table, List<Metric> metrics) {
    if (metrics.isEmpty()) {
      return gold(table);
    }
    return hash(
        gold(table),
        metrics.stream()
            .sorted(Comparator.comparing(Metric::name))
            .map(metric -> List.of(metric.name(), metric.sql(), metric.over()))
            .toList());
  }

  private static Object shape(GoldTable table) {
    if (table.shape() instanceof GoldTable.SqlModel model) {
      return List.of(model.sql().strip(), model.date(), model.readsDaysBack());
    }
    if (table.shape() instanceof GoldTable.Fact fact) {
      return fact(fact);
    }
    return table.shape() instanceof GoldTable.Calendar calendar
        ? calendar(calendar)
        : table.shape();
  }

  /** What is not declared leaves no trace in it, so that facts without it stay as they are. */
  private static Object fact(GoldTable.Fact fact) {
    List<Object> parts = new ArrayList<>();
    parts.add(
        "Fact[from=%s, grain=%s, date=%s, dimensions=%s, measures=%s]"
            .formatted(
                fact.from(),
                fact.grain(),
                fact.date(),
                fact.lookups().stream().map(Lookup::dimension).toList(),
                fact.measureColumns()));
    if (!fact.dates().isEmpty()) {
      parts.add(List.of("dates", fact.dates()));
    }
    for (Lookup lookup : fact.lookups()) {
      if (!lookup.role().isEmpty() || !lookup.key().isEmpty()) {
        parts.add(List.of(lookup.dimension(), lookup.role(), lookup.key()));
      }
    }
    if (!fact.degenerate().isEmpty()) {
      parts.add(List.of("degenerate", fact.degenerate()));
    }
    return parts.size() == 1 ? parts.get(0) : parts;
  }

  private static Object calendar(GoldTable.Calendar calendar) {
    List<Object> parts = new ArrayList<>();
    parts.add("Calendar[from=%s, to=%s]".formatted(calendar.from(), calendar.to()));
    calendar.fiscal().ifPresent(parts::add);
    // Wherever the file lies: what it says is what counts.
    calendar.holidays().ifPresent(holidays -> parts.add(holidays.days()));
    return parts.size() == 1 ? parts.get(0) : parts;
  }

  private static List<Object> rows(Source source) {
    return List.of(
        above(source),
        paths(source),
        source.contractColumns().stream().map(Definitions::column).toList(),
        source.end(),
        source.slice(),
        source.order());
  }

  /**
   * Bronze holds texts, so that a column's type and rules do not matter to it; except for those by
   * which files are told apart when they are read, and where the reader asks for a text or a
   * number.
   */
  private static List<Object> stored(Source source) {
    boolean typed = source.reader() == Source.Reader.SPARK_EXCEL;
    return List.of(
        above(source),
        paths(source),
        source.contractColumns().stream()
            .map(
                column ->
                    typed
                            || column.hashed()
                            || source.slice().contains(column.name())
                            || column.name().equals(orderedBy(source))
                        ? column(column)
                        : List.of(column.name(), column.headers()))
            .toList(),
        source.end(),
        source.slice(),
        source.order());
  }

  /** Empty where the order does not stand in a cell. */
  private static String orderedBy(Source source) {
    return source.order().by() == Order.By.ABOVE ? source.order().argument() : "";
  }

  /** Once the secret is there, what was refused for the want of it is tried again. */
  private static String password(Source source) {
    return source.password() == null
        ? ""
        : source.password() + (source.password().resolve().isPresent() ? "" : " is not set");
  }

  private static List<Object> above(Source source) {
    return source.above().stream()
        .map(cell -> List.of(cell.label(), cell.extract(), cell.cell()))
        .map(Object.class::cast)
        .toList();
  }

  private static List<Object> paths(Source source) {
    return source.paths().stream()
        .map(path -> List.of(path.column(), path.form()))
        .map(Object.class::cast)
        .toList();
  }

  private static List<Object> column(Column column) {
    List<Object> parts =
        new ArrayList<>(
            List.of(
                column.name(),
                column.headers(),
                column.type().sql(),
                column.required(),
                column.formats(),
                column.nullTexts(),
                column.pattern(),
                column.allowed(),
                column.scaleExcess(),
                column.blanks()));
    // What nobody declares is left out, so that a new rule changes no contract without it.
    if (!column.numbers().equals(NumberText.USUAL)) {
      parts.add(column.numbers());
    }
    if (!column.bounds().equals(Bounds.NONE)) {
      parts.add(column.bounds());
    }
    if (column.hashed()) {
      parts.add("hashed " + KeyedHash.under(column.hashKey()).fingerprint());
    }
    return parts;
  }

  private static String hash(Object... parts) {
    StringBuilder text = new StringBuilder();
    append(text, List.of(parts));
    return Hashes.definition(text.toString());
  }

  /** Each text after its length, so that no two definitions run together into one text. */
  private static void append(StringBuilder text, Object part) {
    if (part instanceof List<?> list) {
      text.append('[');
      list.forEach(each -> append(text, each));
      text.append(']');
    } else {
      String written = part.toString();
      text.append(written.length()).append(':').append(written);
    }
  }
}
