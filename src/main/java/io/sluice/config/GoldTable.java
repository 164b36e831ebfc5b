package io.sluice.config;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

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

  /** One row a day, both ends included. */
  public record Calendar(LocalDate from, LocalDate to) implements Shape {}

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
   * @param grain columns of {@code from} that identify a row
   * @param date the business date: joins the calendar, and selects the version of each dimension
   * @param dimensions names of the dimension tables it refers to by their business keys
   * @param measures columns of {@code from}
   */
  public record Fact(
      String from, List<String> grain, String date, List<String> dimensions, List<String> measures)
      implements Shape {
    public Fact {
      grain = List.copyOf(grain);
      dimensions = List.copyOf(dimensions);
      measures = List.copyOf(measures);
    }
  }

  /**
   * A table computed by one SELECT.
   *
   * @param file where the SELECT stands
   * @param sql its text
   * @param date its business date column; absent for a table that is recomputed whole
   * @param readsDaysBack how many days before a changed date the SELECT looks at; negative for all
   */
  public record SqlModel(Path file, String sql, Optional<String> date, int readsDaysBack)
      implements Shape {}

  public GoldTable {
    gate = List.copyOf(gate);
  }

  /** Name of the table that has what sources say of the members of a dimension. */
  public static String changesOf(String dimension) {
    return dimension + "_changes";
  }
}
