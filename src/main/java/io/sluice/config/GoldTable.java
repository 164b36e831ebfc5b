package io.sluice.config;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * A table of the star schema, or one computed by SQL.
 *
 * @param partitionByDate the date column whose year, month and day partition the table
 */
public record GoldTable(
    String name,
    String description,
    String owner,
    Shape shape,
    Optional<String> partitionByDate,
    List<GateRule> gate) {

  /** What kind of table it is. */
  public sealed interface Shape permits Calendar, Dimension, Fact, SqlModel {}

  /**
   * One row a day, both ends included.
   *
   * @param fiscal if declared, brings columns of its own, as {@code holidays} does
   */
  public record Calendar(
      LocalDate from, LocalDate to, Optional<FiscalYear> fiscal, Optional<Holidays> holidays)
      implements Shape {
    /** One of calendar years, and of business days that are all but weekends. */
    public Calendar(LocalDate from, LocalDate to) {
      this(from, to, Optional.empty(), Optional.empty());
    }
  }

  /**
   * A dimension with history.
   *
   * @param from silver tables in order of precedence: where several know an attribute, the first
   *     one that does wins
   * @param key columns of the business key, under the same names in every table of {@code from}
   * @param asOf the date column on which {@code from} observes
   * @param fixed attributes of type 0, which keep their first value
   * @param history attributes of type 2
   * @param overwrite attributes of type 1
   */
  public record Dimension(
      List<String> from,
      List<String> key,
      String asOf,
      List<String> fixed,
      List<String> history,
      List<String> overwrite)
      implements Shape {
    public Dimension {
      from = List.copyOf(from);
      key = List.copyOf(key);
      fixed = List.copyOf(fixed);
      history = List.copyOf(history);
      overwrite = List.copyOf(overwrite);
    }

    /** All attributes: fixed, history, overwrite. */
    public List<String> attributes() {
      return java.util.stream.Stream.of(fixed, history, overwrite).flatMap(List::stream).toList();
    }
  }

  /**
   * A fact table.
   *
   * @param from the silver table
   * @param grain columns of {@code from} that identify a row; the date is among them
   * @param date the business date: joins the calendar, and selects the version of each dimension
   * @param dates further dates that join the calendar, each in a role of its own
   * @param lookups how it refers to dimensions
   * @param degenerate columns of {@code from} that it carries along, beside those of the grain
   * @param measures numeric columns of {@code from}
   */
  public record Fact(
      String from,
      Kind kind,
      List<String> grain,
      String date,
      List<String> dates,
      List<Lookup> lookups,
      List<String> degenerate,
      List<Measure> measures)
      implements Shape {
    /** What one of its rows is. */
    public enum Kind {
      /** How things stood on a day: at most one row for each thing. */
      SNAPSHOT,
      /** What happened: as many rows as there were events. */
      TRANSACTION
    }

    public Fact {
      grain = List.copyOf(grain);
      dates = List.copyOf(dates);
      lookups = List.copyOf(lookups);
      degenerate = List.copyOf(degenerate);
      measures = List.copyOf(measures);
    }

    /** A snapshot whose dimensions have no roles, and whose measures may be summed. */
    public Fact(
        String from,
        List<String> grain,
        String date,
        List<String> dimensions,
        List<String> measures) {
      this(
          from,
          Kind.SNAPSHOT,
          grain,
          date,
          List.of(),
          dimensions.stream().map(Lookup::of).toList(),
          List.of(),
          measures.stream().map(Measure::of).toList());
    }

    /** Names of the dimension tables that it refers to, each once. */
    public List<String> dimensions() {
      return lookups.stream().map(Lookup::dimension).distinct().toList();
    }

    /** The column of the key that a further date gets. */
    public static String dateKey(String date) {
      return date + "_key";
    }

    /**
     * The columns that it carries along: those of the grain for which neither a date, nor a
     * dimension's whole key, nor a measure stands, and those declared.
     *
     * @param businessKeys of dimensions, by name
     */
    public List<String> carried(Function<String, List<String>> businessKeys) {
      Set<String> carried = new LinkedHashSet<>(grain);
      carried.remove(date);
      dates.forEach(carried::remove);
      measureColumns().forEach(carried::remove);
      for (Lookup lookup : lookups) {
        List<String> columns = lookup.columns(businessKeys.apply(lookup.dimension()));
        if (grain.containsAll(columns)) {
          columns.forEach(carried::remove);
        }
      }
      carried.addAll(degenerate);
      return List.copyOf(carried);
    }

    /** The columns of the measures. */
    public List<String> measureColumns() {
      return measures.stream().map(Measure::column).toList();
    }
  }

  /**
   * A table computed by one SELECT.
   *
   * @param file where the SELECT stands
   * @param sql its text
   * @param date its business date column; absent for a table that is recomputed whole
   * @param readsDaysBack how many days before a changed date the SELECT looks at; negative for all
   * @param control what its columns must add up to
   */
  public record SqlModel(
      Path file, String sql, Optional<String> date, int readsDaysBack, List<ControlTotal> control)
      implements Shape {
    public SqlModel {
      control = List.copyOf(control);
    }

    /** One that is held to nothing. */
    public SqlModel(Path file, String sql, Optional<String> date, int readsDaysBack) {
      this(file, sql, date, readsDaysBack, List.of());
    }
  }

  public GoldTable {
    gate = List.copyOf(gate);
  }

  /** Name of the table that has what sources say of the members of a dimension. */
  public static String changesOf(String dimension) {
    return dimension + "_changes";
  }
}
