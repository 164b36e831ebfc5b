package io.sluice.quality;

import static io.sluice.quality.Candidates.P2;
import static io.sluice.quality.Candidates.evaluate;
import static io.sluice.quality.Candidates.rule;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.SparkForTests;
import io.sluice.config.GateRule.Kind;
import java.time.Instant;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;

class GateResultsTest {
  private static final Instant AT = Instant.parse("2024-01-16T07:30:00Z");

  @Test
  void writesARowARule() {
    GateResult result =
        evaluate(
            new Candidates()
                .row("P1", "AAA", "USD", 1, "1")
                .row("P2", null, "USD", 1, "1")
                .dataset(),
            rule(Kind.COMPLETE, "security_id").named("complete"),
            rule(Kind.RANGE, "price").between("0", null).asWarning().named("range"));

    Dataset<Row> rows = GateResults.rows(SparkForTests.session(), result, "run-1", AT);

    assertThat(rows.schema()).isEqualTo(GateResults.SCHEMA);
    assertThat(rows.drop("failed_slices").collectAsList())
        .containsExactly(
            RowFactory.create(
                "stg_holdings",
                "complete",
                "COMPLETE",
                "ERROR",
                false,
                "0.5",
                "= 1",
                1L,
                "1 row of 2: no value in security_id; fails in " + P2 + " (1 row)",
                "run-1",
                AT),
            RowFactory.create(
                "stg_holdings",
                "range",
                "RANGE",
                "WARNING",
                true,
                "1.0",
                ">= 0",
                0L,
                "holds for 2 rows",
                "run-1",
                AT));
    assertThat(rows.selectExpr("explode(failed_slices)").collectAsList())
        .containsExactly(RowFactory.create(P2));
  }

  @Test
  void leavesTheMetricEmptyWhereNothingWasJudged() {
    GateResult result =
        evaluate(new Candidates().dataset(), rule(Kind.COMPLETE, "security_id").named("complete"));

    Row row = GateResults.rows(SparkForTests.session(), result, "run-1", AT).head();

    assertThat(row.<String>getAs("metric")).isNull();
    assertThat(row.<Boolean>getAs("passed")).isTrue();
    assertThat(row.getList(row.fieldIndex("failed_slices"))).isEqualTo(List.of());
  }
}
