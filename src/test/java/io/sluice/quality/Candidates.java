package io.sluice.quality;

import io.sluice.SparkForTests;
import io.sluice.config.GateRule;
import io.sluice.config.GateRule.Kind;
import io.sluice.config.GateRule.Severity;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;

/** Small candidates and rules, written by hand. */
final class Candidates {
  static final String TABLE = "stg_holdings";
  static final List<String> SLICES = List.of("portfolio_id", "as_of_date");
  static final String P1 = "portfolio_id=P1/as_of_date=2024-01-15";
  static final String P2 = "portfolio_id=P2/as_of_date=2024-01-15";

  private static final LocalDate DAY = LocalDate.of(2024, 1, 15);
  private static final StructType SCHEMA =
      StructType.fromDDL(
          "portfolio_id STRING, as_of_date DATE, security_id STRING, currency STRING,"
              + " quantity INT, price DECIMAL(20,4), file_id STRING, sheet_row INT");

  private final List<Row> rows = new ArrayList<>();

  /** Adds a row of the sheet of its portfolio; sheet rows count from 2. */
  Candidates row(
      String portfolio, String security, String currency, Integer quantity, String price) {
    long before = rows.stream().filter(row -> portfolio.equals(row.getString(0))).count();
    rows.add(
        RowFactory.create(
            portfolio,
            DAY,
            security,
            currency,
            quantity,
            price == null ? null : new BigDecimal(price),
            "f" + portfolio,
            (int) before + 2));
    return this;
  }

  Dataset<Row> dataset() {
    return SparkForTests.session().createDataFrame(rows, SCHEMA);
  }

  static GateResult evaluate(Dataset<Row> candidate, GateRule... rules) {
    return Gate.evaluate(TABLE, List.of(rules), candidate, SLICES);
  }

  static Rule rule(Kind kind, String... columns) {
    return new Rule(kind, List.of(columns), null, null, List.of(), "", "1", Severity.ERROR);
  }

  /** A rule with everything that a test does not care for. */
  record Rule(
      Kind kind,
      List<String> columns,
      String min,
      String max,
      List<String> values,
      String expression,
      String share,
      Severity severity) {

    Rule between(String least, String most) {
      return new Rule(kind, columns, least, most, values, expression, share, severity);
    }

    Rule allowing(String... allowed) {
      return new Rule(kind, columns, min, max, List.of(allowed), expression, share, severity);
    }

    Rule saying(String text) {
      return new Rule(kind, columns, min, max, values, text, share, severity);
    }

    Rule forShare(String least) {
      return new Rule(kind, columns, min, max, values, expression, least, severity);
    }

    Rule asWarning() {
      return new Rule(kind, columns, min, max, values, expression, share, Severity.WARNING);
    }

    GateRule named(String name) {
      return new GateRule(
          name,
          kind,
          columns,
          Optional.ofNullable(min).map(BigDecimal::new),
          Optional.ofNullable(max).map(BigDecimal::new),
          values,
          expression,
          new BigDecimal(share),
          severity,
          "");
    }
  }
}
