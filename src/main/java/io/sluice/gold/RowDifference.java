package io.sluice.gold;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Row;

/**
 * A row that is not as it should be.
 *
 * @param kind {@code missing}, {@code unexpected}, or {@code different}
 * @param row its cells, by column
 * @param cells what is different, where it is known which row it should have been
 */
public record RowDifference(String kind, String row, List<String> cells) {
  static final String MISSING = "missing";
  static final String UNEXPECTED = "unexpected";
  static final String DIFFERENT = "different";

  public RowDifference {
    cells = List.copyOf(cells);
  }

  /**
   * Compares rows, each of which counts as often as it is there.
   *
   * @param columns of both
   * @param ordered whether the order counts
   */
  static List<RowDifference> between(
      List<String> columns, List<Row> expected, List<Row> actual, boolean ordered) {
    List<List<Object>> wanted =
        new ArrayList<>(expected.stream().map(RowDifference::values).toList());
    List<List<Object>> got = new ArrayList<>(actual.stream().map(RowDifference::values).toList());
    List<RowDifference> differences = new ArrayList<>();
    boolean sameOrder = wanted.equals(got);
    for (List<Object> row : List.copyOf(got)) {
      if (wanted.remove(row)) {
        got.remove(row);
      }
    }
    for (List<Object> row : List.copyOf(wanted)) {
      int nearest = nearest(row, got);
      if (nearest < 0) {
        differences.add(new RowDifference(MISSING, text(columns, row), List.of()));
      } else {
        differences.add(different(columns, row, got.remove(nearest)));
      }
    }
    got.stream()
        .map(row -> text(columns, row))
        .sorted()
        .forEach(row -> differences.add(new RowDifference(UNEXPECTED, row, List.of())));
    if (ordered && differences.isEmpty() && !sameOrder) {
      differences.add(
          new RowDifference(
              DIFFERENT, "all rows are there, but not in the order that is written", List.of()));
    }
    return differences;
  }

  private static RowDifference different(
      List<String> columns, List<Object> wanted, List<Object> got) {
    List<String> same = new ArrayList<>();
    List<String> cells = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      String column = columns.get(i);
      if (wanted.get(i).equals(got.get(i))) {
        same.add(column + " = " + wanted.get(i));
      } else {
        cells.add("%s is %s, expected %s".formatted(column, got.get(i), wanted.get(i)));
      }
    }
    return new RowDifference(DIFFERENT, String.join(", ", same), cells);
  }

  /** The row with the most equal cells, if that is at least half of them; -1 if there is none. */
  private static int nearest(List<Object> row, List<List<Object>> among) {
    int nearest = -1;
    int most = 0;
    for (int i = 0; i < among.size(); i++) {
      int equal = 0;
      for (int j = 0; j < row.size(); j++) {
        equal += row.get(j).equals(among.get(i).get(j)) ? 1 : 0;
      }
      if (equal > most && equal * 2 >= row.size()) {
        most = equal;
        nearest = i;
      }
    }
    return nearest;
  }

  /** 1.50 is 1.5, and no value is a value of its own. */
  private static List<Object> values(Row row) {
    Object[] values = new Object[row.length()];
    for (int i = 0; i < values.length; i++) {
      Object value = row.get(i);
      values[i] = value == null ? Nothing.NULL : value;
      if (value instanceof BigDecimal number) {
        values[i] = new Amount(number);
      }
    }
    return Arrays.asList(values);
  }

  private static String text(List<String> columns, List<Object> row) {
    List<String> cells = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      cells.add(columns.get(i) + " = " + row.get(i));
    }
    return String.join(", ", cells);
  }

  private enum Nothing {
    NULL
  }

  /** A decimal, which equals another of the same value whatever its scale. */
  private record Amount(BigDecimal value) {
    @Override
    public boolean equals(Object other) {
      return other instanceof Amount amount && value.compareTo(amount.value) == 0;
    }

    @Override
    public int hashCode() {
      return value.stripTrailingZeros().hashCode();
    }

    @Override
    public String toString() {
      return value.stripTrailingZeros().toPlainString();
    }
  }
}
