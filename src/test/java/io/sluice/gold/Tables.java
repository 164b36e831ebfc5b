package io.sluice.gold;

import io.sluice.SparkForTests;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/** Small tables written out in tests, and read back as text. */
final class Tables {
  private Tables() {}

  /** Rows with values separated by {@code |}, blanks trimmed; an empty value is null. */
  static Dataset<Row> table(String ddl, String... rows) {
    StructType schema = StructType.fromDDL(ddl);
    List<Row> lines = new ArrayList<>();
    for (String row : rows) {
      lines.add(org.apache.spark.sql.RowFactory.create((Object[]) values(row, schema.length())));
    }
    StructType texts = new StructType();
    for (String name : schema.fieldNames()) {
      texts = texts.add(name, "string");
    }
    String[] casts =
        Arrays.stream(schema.fields())
            .map(
                field ->
                    "cast(`%s` as %s) as `%s`"
                        .formatted(field.name(), field.dataType().sql(), field.name()))
            .toArray(String[]::new);
    return SparkForTests.session().createDataFrame(lines, texts).selectExpr(casts);
  }

  /** The same rows in another order, in another number of partitions. */
  static Dataset<Row> shuffled(Dataset<Row> table, long seed) {
    List<Row> rows = new ArrayList<>(table.collectAsList());
    Random random = new Random(seed);
    Collections.shuffle(rows, random);
    return SparkForTests.session()
        .createDataFrame(rows, table.schema())
        .repartition(1 + random.nextInt(3));
  }

  /** The columns of each row, joined by {@code |}, sorted; null as an empty text. */
  static List<String> texts(Dataset<Row> table, String... columns) {
    String[] chosen = columns.length == 0 ? table.columns() : columns;
    return table.selectExpr(chosen).collectAsList().stream()
        .map(
            row -> {
              List<String> cells = new ArrayList<>();
              for (int i = 0; i < row.length(); i++) {
                cells.add(row.isNullAt(i) ? "" : String.valueOf(row.get(i)));
              }
              return String.join("\t", cells);
            })
        .sorted()
        .map(row -> row.replace('\t', '|'))
        .toList();
  }

  private static String[] values(String row, int count) {
    String[] cells = row.split("\\|", -1);
    if (cells.length != count) {
      throw new IllegalArgumentException(row + " has not " + count + " values");
    }
    return Arrays.stream(cells)
        .map(String::strip)
        .map(cell -> cell.isEmpty() ? null : cell)
        .toArray(String[]::new);
  }
}
