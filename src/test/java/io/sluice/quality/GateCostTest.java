package io.sluice.quality;

import static io.sluice.quality.Candidates.rule;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.config.GateRule;
import io.sluice.config.GateRule.Kind;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** Of a candidate in one partition, where a query is one job. */
@Isolated("counts the jobs of the session")
class GateCostTest {
  private static final GateRule[] OF_ROWS = {
    rule(Kind.COMPLETE, "portfolio_id", "security_id").named("complete"),
    rule(Kind.RANGE, "price").between("0", "100").named("range"),
    rule(Kind.ALLOWED, "currency").allowing("USD").named("allowed"),
    rule(Kind.PATTERN, "security_id").saying("[A-Z]+").named("pattern"),
    rule(Kind.ROW).saying("quantity > 0").named("row")
  };

  @Test
  void allRulesAboutRowsShareOnePass() throws TimeoutException {
    assertThat(jobs(good(), OF_ROWS)).isEqualTo(1);
  }

  @Test
  void uniqueTakesTwoMore() throws TimeoutException {
    GateRule[] rules = OF_ROWS.clone();
    rules[4] = rule(Kind.UNIQUE, "security_id").named("unique");

    assertThat(jobs(good(), rules)).isEqualTo(3);
  }

  @Test
  void allFailedRulesShareOneSearchForSlices() throws TimeoutException {
    Candidates bad = good().row("P1", null, "CHF", 0, "-1");

    assertThat(jobs(bad, OF_ROWS)).isEqualTo(2);
  }

  private static Candidates good() {
    return new Candidates().row("P1", "AAA", "USD", 1, "1").row("P1", "BBB", "USD", 1, "1");
  }

  private static int jobs(Candidates candidates, GateRule... rules) throws TimeoutException {
    Dataset<Row> candidate = candidates.dataset().coalesce(1);
    SparkContext spark = candidate.sparkSession().sparkContext();
    AtomicInteger jobs = new AtomicInteger();
    SparkListener listener =
        new SparkListener() {
          @Override
          public void onJobStart(SparkListenerJobStart start) {
            jobs.incrementAndGet();
          }
        };
    // What was started before must not be counted, and what is counted must have arrived.
    spark.listenerBus().waitUntilEmpty();
    spark.addSparkListener(listener);
    try {
      Candidates.evaluate(candidate, rules);
      spark.listenerBus().waitUntilEmpty();
    } finally {
      spark.removeSparkListener(listener);
    }
    return jobs.get();
  }
}
