package io.sluice.config;

import java.util.List;
import java.util.Optional;

/**
 * A typed table over one source.
 *
 * @param from the source
 * @param key columns that identify a row; they include the source's slice columns
 * @param duplicates which of several rows with one key counts; rows equal in every column are
 *     always taken as one
 * @param deletedWhen Spark SQL condition for rows that say that their key is gone; empty for none
 * @param references to other silver tables, none of which refers back, however far
 */
public record SilverTable(
    String name,
    String description,
    String owner,
    String from,
    List<String> key,
    Optional<String> partitionByDate,
    Duplicates duplicates,
    List<RowRule> rules,
    List<GateRule> gate,
    List<Reference> references,
    String deletedWhen) {

  /** Which of several different rows with the same key counts. */
  public enum Duplicates {
    /** None: all of them are rejected. */
    FAIL,
    /** The first in the sheet. */
    FIRST,
    /** The last in the sheet. */
    LATEST
  }

  public SilverTable {
    key = List.copyOf(key);
    rules = List.copyOf(rules);
    gate = List.copyOf(gate);
    references = List.copyOf(references);
  }

  /** A table that refers to no other, and whose rows all stay. */
  public SilverTable(
      String name,
      String description,
      String owner,
      String from,
      List<String> key,
      Optional<String> partitionByDate,
      Duplicates duplicates,
      List<RowRule> rules,
      List<GateRule> gate) {
    this(
        name,
        description,
        owner,
        from,
        key,
        partitionByDate,
        duplicates,
        rules,
        gate,
        List.of(),
        "");
  }

  /** What the table of what vanished has beside a member's key. */
  public static final List<String> VANISHED_COLUMNS = List.of("last_seen", "absent_from");

  /** Of a table of snapshots, the name of the table that has what vanished from it. */
  public static String vanished(String name) {
    return name + "_vanished";
  }

  /**
   * The column of the business date of a slice, by which commits tell what they changed: what
   * partitions the table, else the first date in the slice's name; empty where there is neither.
   *
   * @param source the one of {@code from}
   */
  public Optional<String> dateColumn(Source source) {
    return partitionByDate.or(
        () ->
            source.slice().stream()
                .filter(
                    name ->
                        source.contractColumns().stream()
                            .anyMatch(
                                column ->
                                    column.name().equals(name)
                                        && column.type().kind() == ColumnType.Kind.DATE))
                .findFirst());
  }

  public SilverTable referringTo(List<Reference> others) {
    return with(others, deletedWhen);
  }

  public SilverTable deletedWhen(String condition) {
    return with(references, condition);
  }

  private SilverTable with(List<Reference> others, String condition) {
    return new SilverTable(
        name,
        description,
        owner,
        from,
        key,
        partitionByDate,
        duplicates,
        rules,
        gate,
        others,
        condition);
  }
}
