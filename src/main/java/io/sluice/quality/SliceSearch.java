package io.sluice.quality;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.udaf;
import static org.apache.spark.sql.functions.when;

import io.sluice.config.GateRule;
import io.sluice.config.GateRule.Kind;
import io.sluice.lake.Slices;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.types.StructType;

/** Finds the slices that break rules, for all rules by one aggregation. */
final class SliceSearch {
  /**
   * What one rule's search found.
   *
   * @param failingRows rows that break the rule, in whatever slice
   * @param failedSlices slices with more of them than the rule tolerates
   */
  record Found(long failingRows, List<FailedSlice> failedSlices) {}

  private static final String SLICE = "slice";
  private static final String ROWS = "rows";
  private static final List<String> PROVENANCE = List.of("file_id", "sheet_row");
  private static final UserDefinedFunction FIRST_TEXTS = udaf(new FirstTexts(), Encoders.STRING());

  private final StructType schema;
  private final List<String> slices;

  SliceSearch(StructType schema, List<String> slices) {
    this.schema = schema;
    this.slices = slices;
  }

  /** What each of the rules found, in their order. */
  List<Found> search(Dataset<Row> candidate, List<GateRule> rules) {
    Dataset<Row> marked = candidate;
    List<Column> counts = new ArrayList<>();
    Column concerned = lit(false);
    for (int i = 0; i < rules.size(); i++) {
      GateRule rule = rules.get(i);
      if (rule.kind() == Kind.ROW_COUNT) {
        concerned = concerned.or(expr(Conditions.outsideLimits(rule, ROWS)));
        continue;
      }
      if (rule.kind() == Kind.UNIQUE) {
        marked = marked.withColumn(unique(i), aloneWithItsKey(rule));
      }
      counts.addAll(counts(rule, i));
      concerned = concerned.or(col(failing(i)).gt(0));
    }
    // Sorted here and not by Spark: what failed is on its way to the driver anyway, and a sort is
    // two more jobs.
    List<Row> concernedSlices =
        marked
            .groupBy(Slices.sliceText(slices).as(SLICE))
            .agg(count(lit(1)).as(ROWS), counts.toArray(Column[]::new))
            .where(concerned)
            .collectAsList();
    List<Found> found = new ArrayList<>();
    for (int i = 0; i < rules.size(); i++) {
      found.add(found(rules.get(i), i, concernedSlices));
    }
    return found;
  }

  private List<Column> counts(GateRule rule, int i) {
    List<Column> complies =
        rule.kind() == Kind.UNIQUE
            ? List.of(col(unique(i)))
            : Conditions.ofRow(rule, schema).stream().map(condition -> expr(condition)).toList();
    Column fails = not(complies.stream().reduce(Column::and).orElseThrow());
    // The share of each column counts by itself; the least is that of the column with most failing
    // rows.
    Column[] failingByColumn =
        complies.stream().map(complying -> count_if(not(complying))).toArray(Column[]::new);
    Column worst = failingByColumn.length == 1 ? failingByColumn[0] : greatest(failingByColumn);
    Column judged =
        rule.kind() == Kind.UNIQUE ? count_if(expr(Conditions.hasKey(rule))) : count(lit(1));
    return List.of(
        count_if(fails).as(failing(i)),
        worst.as(worst(i)),
        judged.as(judged(i)),
        FIRST_TEXTS.apply(when(fails, keyText(rule))).as(samples(i)));
  }

  // Deequ leaves rows without any key out of uniqueness; so must this.
  private static Column aloneWithItsKey(GateRule rule) {
    Column[] key =
        rule.columns().stream()
            .map(Conditions::quoted)
            .map(name -> col(name))
            .toArray(Column[]::new);
    return not(expr(Conditions.hasKey(rule)))
        .or(count(lit(1)).over(Window.partitionBy(key)).equalTo(1));
  }

  private Column keyText(GateRule rule) {
    Set<String> shown = new LinkedHashSet<>(slices);
    shown.addAll(rule.columns());
    List<String> known = List.of(schema.fieldNames());
    if (rule.kind() == Kind.ROW) {
      known.stream().filter(column -> names(rule.expression(), column)).forEach(shown::add);
    }
    PROVENANCE.stream().filter(known::contains).forEach(shown::add);
    return concat_ws(
        ", ",
        shown.stream()
            .map(
                column ->
                    concat(
                        lit(column + "="),
                        coalesce(col(Conditions.quoted(column)).cast("string"), lit("NULL"))))
            .toArray(Column[]::new));
  }

  private static boolean names(String expression, String column) {
    return Pattern.compile("\\b" + Pattern.quote(column) + "\\b", Pattern.CASE_INSENSITIVE)
        .matcher(expression)
        .find();
  }

  private static Found found(GateRule rule, int i, List<Row> concernedSlices) {
    long failingRows = 0;
    List<FailedSlice> failed = new ArrayList<>();
    for (Row row : concernedSlices) {
      String slice = row.getAs(SLICE);
      if (rule.kind() == Kind.ROW_COUNT) {
        long rows = row.getAs(ROWS);
        if (!within(rule, rows)) {
          failingRows += rows;
          failed.add(new FailedSlice(slice, rows, List.of()));
        }
        continue;
      }
      long failing = row.getAs(failing(i));
      failingRows += failing;
      if (tooMany(rule, row.<Long>getAs(worst(i)), row.<Long>getAs(judged(i)))) {
        failed.add(new FailedSlice(slice, failing, FirstTexts.split(row.getAs(samples(i)))));
      }
    }
    failed.sort(Comparator.comparing(FailedSlice::slice));
    return new Found(failingRows, failed);
  }

  static boolean within(GateRule rule, long rows) {
    BigDecimal number = BigDecimal.valueOf(rows);
    return rule.min().map(min -> number.compareTo(min) >= 0).orElse(true)
        && rule.max().map(max -> number.compareTo(max) <= 0).orElse(true);
  }

  private static boolean tooMany(GateRule rule, long failing, long judged) {
    BigDecimal demanded = rule.minShare().multiply(BigDecimal.valueOf(judged));
    return BigDecimal.valueOf(judged - failing).compareTo(demanded) < 0;
  }

  private static String unique(int i) {
    return "sluice_unique_" + i;
  }

  private static String failing(int i) {
    return "failing_" + i;
  }

  private static String worst(int i) {
    return "worst_" + i;
  }

  private static String judged(int i) {
    return "judged_" + i;
  }

  private static String samples(int i) {
    return "samples_" + i;
  }
}
