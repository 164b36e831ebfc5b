package io.sluice.gold;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.slice;
import static org.apache.spark.sql.functions.sort_array;
import static org.apache.spark.sql.functions.struct;

import io.sluice.config.GoldTable;
import io.sluice.lake.LakeTable;
import io.sluice.lake.Layer;
import io.sluice.lake.Ledger;
import io.sluice.lake.RunScope;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;

/** Says which rows of which workbooks share a fact's grain. Read only where the gate found some. */
final class GrainDuplicates {
  /** How many of a date are named, and how many rows of each. */
  private static final int NAMED = 3;

  private final RunScope scope;
  private final GoldTable.Fact fact;
  private final Map<String, String> uris = new TreeMap<>();
  private final Map<String, String> sheets = new TreeMap<>();

  GrainDuplicates(RunScope scope, GoldTable.Fact fact) {
    this.scope = scope;
    this.fact = fact;
  }

  /**
   * By slice ({@code date_key=20240115}), the first of its repeated keys and their rows, for
   * people.
   *
   * @param silver the rows of the dates concerned
   */
  Map<String, String> on(Dataset<Row> silver) {
    List<Row> repeated = repeated(fact, silver).collectAsList();
    findPlaces(repeated);
    Map<String, List<String>> named = new TreeMap<>();
    Map<String, Long> counts = new TreeMap<>();
    for (Row row : repeated) {
      String slice = FactTable.DATE_KEY + "=" + row.getInt(0);
      List<String> places = new ArrayList<>();
      List<Row> rows = row.getList(2);
      rows.forEach(each -> places.add(place(each)));
      long others = row.getLong(3) - rows.size();
      named
          .computeIfAbsent(slice, none -> new ArrayList<>())
          .add(
              "%s (%s%s)"
                  .formatted(
                      row.getString(1),
                      String.join("; ", places),
                      others > 0 ? "; and " + others + " more" : ""));
      counts.put(slice, row.getLong(4));
    }
    Map<String, String> messages = new LinkedHashMap<>();
    named.forEach(
        (slice, keys) -> {
          long count = counts.get(slice);
          messages.put(
              slice,
              "%s: %s"
                  .formatted(
                      count == 1
                          ? "1 key of the grain stands more than once"
                          : count
                              + " keys of the grain stand more than once"
                              + (count > keys.size() ? ", the first " + keys.size() : ""),
                      String.join(", ", keys)));
        });
    return messages;
  }

  /**
   * The first repeated keys of each date: date key, the key as text, its first rows (file id, sheet
   * row), how many they are, how many keys of the date are repeated.
   */
  static Dataset<Row> repeated(GoldTable.Fact fact, Dataset<Row> silver) {
    Column key =
        concat_ws(
            ", ",
            fact.grain().stream()
                .map(
                    column ->
                        concat(
                            lit(column + "="), coalesce(col(column).cast("string"), lit("NULL"))))
                .toArray(Column[]::new));
    var ofDate = Window.partitionBy(FactTable.DATE_KEY);
    return silver
        .groupBy(Dates.key(fact.date()).as(FactTable.DATE_KEY), key.as("grain"))
        .agg(
            slice(sort_array(collect_list(struct(col("file_id"), col("sheet_row")))), 1, NAMED)
                .as("rows"),
            count(lit(1)).as("count"))
        .where("count > 1")
        .withColumn("keys", count(lit(1)).over(ofDate))
        .withColumn("place", row_number().over(ofDate.orderBy("grain")))
        .where(col("place").leq(NAMED))
        .drop("place")
        .orderBy(FactTable.DATE_KEY, "grain");
  }

  /** The path and the sheet of each row. */
  private void findPlaces(List<Row> repeated) {
    Set<String> files = new TreeSet<>();
    Set<Integer> rows = new TreeSet<>();
    for (Row row : repeated) {
      List<Row> places = row.getList(2);
      places.forEach(
          each -> {
            files.add(each.getString(0));
            rows.add(each.getInt(1));
          });
    }
    String source = scope.pipeline().silver().get(fact.from()).from();
    Set<Long> batches = new TreeSet<>();
    for (Row line :
        new Ledger(scope.lake())
            .read()
            .where(Ledger.IN_BRONZE)
            .where(col("source").equalTo(source).and(col("file_id").isInCollection(files)))
            .select("file_id", "uri", "bronze_batch")
            .orderBy("batch")
            .collectAsList()) {
      uris.put(line.getString(0), line.getString(1));
      batches.add(line.getLong(2));
    }
    LakeTable bronze = scope.lake().table(Layer.BRONZE, source);
    if (bronze.exists()) {
      bronze
          .read()
          .where(
              col("batch")
                  .isInCollection(batches)
                  .and(col("file_id").isInCollection(files))
                  .and(col("sheet_row").isInCollection(rows)))
          .select("file_id", "sheet_row", "sheet")
          .distinct()
          .orderBy("sheet")
          .collectAsList()
          .forEach(
              row ->
                  sheets.merge(
                      row.getString(0) + row.getInt(1),
                      row.getString(2),
                      (one, other) -> one + " or " + other));
    }
  }

  private String place(Row row) {
    String sheet = sheets.getOrDefault(row.getString(0) + row.getInt(1), "");
    return List.of(
            uris.getOrDefault(row.getString(0), row.getString(0)),
            sheet.isEmpty() ? "" : "sheet '" + sheet + "'",
            "row " + row.getInt(1))
        .stream()
        .filter(part -> !part.isEmpty())
        .collect(Collectors.joining(", "));
  }
}
