package io.sluice.quality;

import static io.sluice.quality.Candidates.P1;
import static io.sluice.quality.Candidates.P2;
import static io.sluice.quality.Candidates.evaluate;
import static io.sluice.quality.Candidates.rule;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.config.GateRule;
import io.sluice.config.GateRule.Kind;
import java.math.BigDecimal;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;

class GateTest {
  private static final GateRule COMPLETE = rule(Kind.COMPLETE, "security_id").named("complete");
  private static final GateRule UNIQUE =
      rule(Kind.UNIQUE, "portfolio_id", "security_id").named("unique");
  private static final GateRule RANGE =
      rule(Kind.RANGE, "price").between("0", "100").named("range");
  private static final GateRule ALLOWED =
      rule(Kind.ALLOWED, "currency").allowing("USD", "EUR").named("allowed");
  private static final GateRule PATTERN =
      rule(Kind.PATTERN, "security_id").saying("[0-9A-Z]{3}|X").named("pattern");
  private static final GateRule ROW = rule(Kind.ROW).saying("quantity * price < 1000").named("row");
  private static final GateRule ROW_COUNT = rule(Kind.ROW_COUNT).between("1", "2").named("count");

  @Test
  void passesRowsThatMeetEveryRule() {
    GateResult result =
        evaluate(good().dataset(), COMPLETE, UNIQUE, RANGE, ALLOWED, PATTERN, ROW, ROW_COUNT);

    assertThat(result.passed()).isTrue();
    assertThat(result.table()).isEqualTo("stg_holdings");
    assertThat(result.rows()).isEqualTo(3);
    assertThat(result.failedSlices()).isEmpty();
    assertThat(result.rules())
        .extracting(RuleResult::rule)
        .containsExactly("complete", "unique", "range", "allowed", "pattern", "row", "count");
    assertThat(result.rules())
        .allSatisfy(
            rule -> {
              assertThat(rule.passed()).isTrue();
              assertThat(rule.failingRows()).isZero();
              assertThat(rule.failedSlices()).isEmpty();
            });
    assertThat(result.rules())
        .extracting(rule -> rule.metric().orElseThrow().stripTrailingZeros())
        .containsExactly(one(), one(), one(), one(), one(), one(), new BigDecimal("3"));
    assertThat(result.rules())
        .extracting(RuleResult::limit)
        .containsExactly("= 1", "= 1", "0 .. 100", "= 1", "= 1", "= 1", "1 .. 2 a slice");
    assertThat(result.rules())
        .extracting(RuleResult::message)
        .startsWith("holds for 3 rows")
        .endsWith("3 rows in all, within 1 .. 2");
  }

  @Test
  void completeFailsTheSliceWithANull() {
    RuleResult result = only(good().row("P2", null, "USD", 1, "1").dataset(), COMPLETE);

    assertThat(result.failedSlices())
        .containsExactly(
            failed(
                P2,
                1,
                "portfolio_id=P2, as_of_date=2024-01-15, "
                    + "security_id=NULL, file_id=fP2, sheet_row=3"));
    assertThat(result.failingRows()).isEqualTo(1);
    assertThat(result.metric()).contains(new BigDecimal("0.75"));
    assertThat(result.message())
        .isEqualTo("1 row of 4: no value in security_id; fails in " + P2 + " (1 row)");
    assertThat(result.query())
        .isEqualTo("SELECT * FROM stg_holdings WHERE NOT (`security_id` IS NOT NULL)");
  }

  @Test
  void completeOverTwoColumnsCountsARowOnceAndReportsTheWorseColumn() {
    Dataset<Row> candidate =
        new Candidates()
            .row("P1", null, null, 1, "1")
            .row("P1", "AAA", null, 1, "1")
            .row("P2", "AAA", "USD", 1, "1")
            .row("P2", "BBB", "USD", 1, "1")
            .dataset();

    RuleResult result =
        only(candidate, rule(Kind.COMPLETE, "security_id", "currency").named("complete"));

    assertThat(result.failingRows()).isEqualTo(2);
    assertThat(result.metric()).contains(new BigDecimal("0.5"));
    assertThat(result.failedSlices()).extracting(FailedSlice::slice).containsExactly(P1);
  }

  @Test
  void uniqueFailsTheSlicesOfAllRowsThatShareAKey() {
    Dataset<Row> candidate =
        good().row("P1", "AAA", "USD", 9, "1").row("P1", "AAA", "USD", 9, "1").dataset();

    RuleResult result = only(candidate, UNIQUE);

    String key =
        "portfolio_id=P1, as_of_date=2024-01-15, " + "security_id=AAA, file_id=fP1, sheet_row=";
    assertThat(result.failedSlices()).containsExactly(failed(P1, 3, key + 2, key + 4, key + 5));
    assertThat(result.metric()).contains(new BigDecimal("0.4"));
    assertThat(result.query())
        .isEqualTo(
            "SELECT `portfolio_id`, `security_id`, count(*) AS `rows` FROM stg_holdings"
                + " WHERE (`portfolio_id` IS NOT NULL OR `security_id` IS NOT NULL)"
                + " GROUP BY `portfolio_id`, `security_id` HAVING count(*) > 1");
  }

  @Test
  void uniqueFailsEverySliceThatAKeyOccursIn() {
    RuleResult result = only(good().dataset(), rule(Kind.UNIQUE, "security_id").named("unique"));

    assertThat(result.failedSlices()).extracting(FailedSlice::slice).containsExactly(P1, P2);
    assertThat(result.failingRows()).isEqualTo(2);
  }

  @Test
  void uniqueTakesNullsInAKeyForEqualButLeavesOutRowsWithoutAnyKey() {
    Dataset<Row> halves =
        new Candidates().row("P1", null, "USD", 1, "1").row("P1", null, "USD", 2, "1").dataset();

    assertThat(only(halves, UNIQUE).failingRows()).isEqualTo(2);

    GateRule bySecurity = rule(Kind.UNIQUE, "security_id").named("unique");
    RuleResult withoutKeys = only(halves, bySecurity);
    assertThat(withoutKeys.passed()).isTrue();
    assertThat(withoutKeys.metric()).isEmpty();

    Dataset<Row> mixed =
        halves.union(new Candidates().row("P1", "AAA", "USD", 3, "1").dataset()).toDF();
    assertThat(only(mixed, bySecurity).passed()).isTrue();
  }

  @Test
  void rangeComparesAsDecimalAndPassesNulls() {
    Dataset<Row> candidate =
        new Candidates()
            .row("P1", "AAA", "USD", 1, "100.0000")
            .row("P1", "BBB", "USD", 1, null)
            .row("P2", "AAA", "USD", 1, "100.0001")
            .row("P2", "BBB", "USD", 1, "-0.0001")
            .dataset();

    RuleResult result = only(candidate, RANGE);

    assertThat(result.failedSlices())
        .containsExactly(
            failed(
                P2,
                2,
                "portfolio_id=P2, as_of_date=2024-01-15, "
                    + "price=-0.0001, file_id=fP2, sheet_row=3",
                "portfolio_id=P2, as_of_date=2024-01-15, "
                    + "price=100.0001, file_id=fP2, sheet_row=2"));
  }

  @Test
  void rangeDistinguishesWhatADoubleCannot() {
    Dataset<Row> candidate =
        new Candidates().row("P1", "AAA", "USD", 1, "9007199254740993.0001").dataset();
    GateRule below = rule(Kind.RANGE, "price").between(null, "9007199254740993").named("range");
    GateRule exact =
        rule(Kind.RANGE, "price").between("9007199254740993.0001", null).named("range");

    RuleResult failing = only(candidate, below);
    assertThat(failing.passed()).isFalse();
    assertThat(failing.limit()).isEqualTo("<= 9007199254740993");
    assertThat(only(candidate, exact).passed()).isTrue();
    assertThat(only(candidate, exact).limit()).isEqualTo(">= 9007199254740993.0001");
  }

  @Test
  void rangeTakesLimitsWithExponentsAndWholeNumbers() {
    GateRule exponent =
        rule(Kind.RANGE, "price", "quantity").between("-1E+3", "1E+3").named("range");

    assertThat(only(good().dataset(), exponent).passed()).isTrue();
    assertThat(only(good().row("P1", "CCC", "USD", 1001, "1").dataset(), exponent).failingRows())
        .isEqualTo(1);
  }

  @Test
  void allowedNamesTheSliceOfAnotherValueAndPassesNulls() {
    Dataset<Row> candidate =
        good().row("P2", "CCC", "usd", 1, "1").row("P2", "DDD", null, 1, "1").dataset();

    RuleResult result = only(candidate, ALLOWED);

    assertThat(result.failedSlices()).extracting(FailedSlice::slice).containsExactly(P2);
    assertThat(result.failingRows()).isEqualTo(1);
    assertThat(result.message()).startsWith("1 row of 5: currency not one of USD, EUR;");
  }

  @Test
  void allowedComparesValuesInTheTypeOfTheColumn() {
    Dataset<Row> candidate = new Candidates().row("P1", "A'\\", "USD", 7, "1.5000").dataset();

    assertThat(
            evaluate(
                    candidate,
                    rule(Kind.ALLOWED, "price").allowing("1.5", "2").named("decimal"),
                    rule(Kind.ALLOWED, "quantity").allowing("07").named("integer"),
                    rule(Kind.ALLOWED, "as_of_date").allowing("2024-01-15").named("date"),
                    rule(Kind.ALLOWED, "security_id").allowing("A'\\").named("quoted"))
                .passed())
        .isTrue();
    assertThat(only(candidate, rule(Kind.ALLOWED, "price").allowing("1.51").named("a")).passed())
        .isFalse();
  }

  @Test
  void patternMustMatchTheWholeTextAndPassesNulls() {
    Dataset<Row> candidate =
        new Candidates()
            .row("P1", "AAA", "USD", 1, "1")
            .row("P1", null, "USD", 1, "1")
            .row("P2", "AAAA", "USD", 1, "1")
            .row("P2", "AAA\n", "USD", 1, "1")
            .row("P2", "XX", "USD", 1, "1")
            .row("P2", "X", "USD", 1, "1")
            .dataset();

    RuleResult result = only(candidate, PATTERN);

    assertThat(result.failingRows()).isEqualTo(3);
    assertThat(result.failedSlices()).extracting(FailedSlice::slice).containsExactly(P2);
  }

  @Test
  void patternKeepsItsBackslashesAndQuotes() {
    Dataset<Row> candidate =
        new Candidates().row("P1", "A'1", "USD", 1, "1").row("P1", "A'B", "USD", 1, "1").dataset();

    assertThat(
            only(candidate, rule(Kind.PATTERN, "security_id").saying("\\w'\\d").named("p"))
                .failingRows())
        .isEqualTo(1);
  }

  @Test
  void rowPassesWhatIsUnknownAndShowsTheColumnsOfItsExpression() {
    Dataset<Row> candidate =
        good().row("P1", "CCC", "USD", null, "5000").row("P1", "DDD", "USD", 100, "10").dataset();

    RuleResult result = only(candidate, ROW);

    assertThat(result.failedSlices())
        .containsExactly(
            failed(
                P1,
                1,
                "portfolio_id=P1, as_of_date=2024-01-15, "
                    + "quantity=100, price=10.0000, file_id=fP1, sheet_row=5"));
  }

  @Test
  void rowMayEndInAComment() {
    GateRule commented = rule(Kind.ROW).saying("price >= 0 -- as agreed").named("row");

    assertThat(only(good().dataset(), commented).passed()).isTrue();
    assertThat(only(good().row("P1", "CCC", "USD", 1, "-1").dataset(), commented).passed())
        .isFalse();
  }

  @Test
  void rowCountJudgesEachSlice() {
    Dataset<Row> candidate =
        good().row("P1", "CCC", "USD", 1, "1").row("P3", "AAA", "USD", 1, "1").dataset();

    RuleResult tooMany = only(candidate, ROW_COUNT);
    assertThat(tooMany.failedSlices()).containsExactly(new FailedSlice(P1, 3, List.of()));
    assertThat(tooMany.metric().orElseThrow()).isEqualByComparingTo("5");
    assertThat(tooMany.message())
        .isEqualTo("the number of rows is not within 1 .. 2; fails in " + P1 + " (3 rows)");

    RuleResult tooFew = only(candidate, rule(Kind.ROW_COUNT).between("2", null).named("count"));
    assertThat(tooFew.failedSlices())
        .extracting(FailedSlice::slice)
        .containsExactly(P2, "portfolio_id=P3/as_of_date=2024-01-15");
    assertThat(tooFew.limit()).isEqualTo(">= 2 a slice");
  }

  @Test
  void withoutSlicesTheWholeCandidateIsOne() {
    GateResult result =
        Gate.evaluate(
            Candidates.TABLE,
            List.of(rule(Kind.ROW_COUNT).between(null, "2").named("count"), COMPLETE),
            good().row("P2", null, "USD", 1, "1").dataset(),
            List.of());

    assertThat(result.passed()).isFalse();
    assertThat(result.failedSlices()).containsExactly("");
    assertThat(result.rules().get(0).failedSlices())
        .containsExactly(new FailedSlice("", 4, List.of()));
    assertThat(result.rules().get(0).limit()).isEqualTo("<= 2");
    assertThat(result.rules().get(1).failedSlices())
        .containsExactly(failed("", 1, "security_id=NULL, file_id=fP2, sheet_row=3"));
    assertThat(result.rules().get(1).message())
        .isEqualTo("1 row of 4: no value in security_id (1 row)");
  }

  @Test
  void aWarningIsReportedAndHoldsNothing() {
    GateResult result =
        evaluate(
            good().row("P2", null, "CHF", 1, "1").row("P1", "CCC", "CHF", 1, "1").dataset(),
            rule(Kind.ALLOWED, "currency").allowing("USD").asWarning().named("warned"),
            COMPLETE);

    assertThat(result.passed()).isFalse();
    assertThat(result.failedSlices()).containsExactly(P2);
    assertThat(result.rules().get(0).passed()).isFalse();
    assertThat(result.rules().get(0).failedSlices())
        .extracting(FailedSlice::slice)
        .containsExactly(P1, P2);

    GateResult warningOnly =
        evaluate(
            good().dataset(),
            rule(Kind.ALLOWED, "currency").allowing("CHF").asWarning().named("warned"));
    assertThat(warningOnly.passed()).isTrue();
    assertThat(warningOnly.failedSlices()).isEmpty();
  }

  @Test
  void showsFiveKeysOfASliceAtMost() {
    Candidates candidates = new Candidates();
    for (int i = 0; i < 7; i++) {
      candidates.row("P1", null, "USD", i, "1");
    }

    FailedSlice slice = only(candidates.dataset(), COMPLETE).failedSlices().get(0);

    String key =
        "portfolio_id=P1, as_of_date=2024-01-15, " + "security_id=NULL, file_id=fP1, sheet_row=";
    assertThat(slice).isEqualTo(failed(P1, 7, key + 2, key + 3, key + 4, key + 5, key + 6));
  }

  @Test
  void showsNoProvenanceWhereATableHasNone() {
    Dataset<Row> candidate = good().row("P2", null, "USD", 1, "1").dataset();

    RuleResult result = only(candidate.drop("file_id", "sheet_row"), COMPLETE);

    assertThat(result.failedSlices())
        .containsExactly(
            failed(P2, 1, "portfolio_id=P2, as_of_date=2024-01-15, " + "security_id=NULL"));
  }

  @Test
  void anEmptyCandidateBreaksNothing() {
    GateResult result =
        evaluate(
            new Candidates().dataset(), COMPLETE, UNIQUE, RANGE, ALLOWED, PATTERN, ROW, ROW_COUNT);

    assertThat(result.passed()).isTrue();
    assertThat(result.rows()).isZero();
    assertThat(result.rules()).hasSize(7).allMatch(RuleResult::passed);
    assertThat(result.rules().get(0).metric()).isEmpty();
  }

  @Test
  void anEmptyCandidateWithoutSlicesBreaksALowerLimitOfRows() {
    GateResult result =
        Gate.evaluate(
            Candidates.TABLE, List.of(COMPLETE, ROW_COUNT), new Candidates().dataset(), List.of());

    assertThat(result.passed()).isFalse();
    assertThat(result.failedSlices()).containsExactly("");
    assertThat(result.rules()).extracting(RuleResult::passed).containsExactly(true, false);
  }

  @Test
  void aGateWithoutRulesPasses() {
    GateResult result = evaluate(good().dataset());

    assertThat(result.passed()).isTrue();
    assertThat(result.rows()).isEqualTo(3);
  }

  @Test
  void twoRulesThatSayTheSameAreBothAnswered() {
    GateResult result =
        evaluate(
            good().row("P2", null, "USD", 1, "1").dataset(),
            COMPLETE,
            rule(Kind.COMPLETE, "security_id").asWarning().named("again"));

    assertThat(result.rules()).extracting(RuleResult::failingRows).containsExactly(1L, 1L);
  }

  @Test
  void theQueryOfEveryRuleRunsAndShowsTheFailingRows() {
    Dataset<Row> candidate =
        good()
            .row("P1", "AAA", "CHF", 5000, "101")
            .row("P1", "bb", "USD", 1, "1")
            .row("P2", null, "USD", 1, "1")
            .dataset();
    candidate.createOrReplaceTempView(Candidates.TABLE);

    GateResult result =
        evaluate(candidate, COMPLETE, UNIQUE, RANGE, ALLOWED, PATTERN, ROW, ROW_COUNT);

    assertThat(result.rules())
        .extracting(rule -> candidate.sparkSession().sql(rule.query()).count())
        .containsExactly(1L, 1L, 1L, 1L, 1L, 1L, 1L);
    candidate.sparkSession().catalog().dropTempView(Candidates.TABLE);
  }

  @Test
  void judgesManyPartitionsAsOne() {
    Dataset<Row> candidate =
        candidateOf(1000).repartition(7).withColumn("security_id", functions.lit("AAA"));

    RuleResult result = only(candidate, UNIQUE);

    assertThat(result.failingRows()).isEqualTo(1000);
    assertThat(result.failedSlices().get(0).sampleKeys()).hasSize(5);
  }

  private static Dataset<Row> candidateOf(int rows) {
    Candidates candidates = new Candidates();
    for (int i = 0; i < rows; i++) {
      candidates.row("P1", "S" + i, "USD", i, "1");
    }
    return candidates.dataset();
  }

  private static Candidates good() {
    return new Candidates()
        .row("P1", "AAA", "USD", 1, "1.5")
        .row("P1", "BBB", "EUR", 2, "100")
        .row("P2", "AAA", "USD", 3, "0");
  }

  private static RuleResult only(Dataset<Row> candidate, GateRule rule) {
    return evaluate(candidate, rule).rules().get(0);
  }

  private static FailedSlice failed(String slice, long rows, String... keys) {
    return new FailedSlice(slice, rows, List.of(keys));
  }

  private static BigDecimal one() {
    return BigDecimal.ONE;
  }
}
