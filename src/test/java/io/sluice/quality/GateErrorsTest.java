package io.sluice.quality;

import static io.sluice.quality.Candidates.rule;
import static org.apache.spark.sql.types.DataTypes.BooleanType;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sluice.config.GateRule;
import io.sluice.config.GateRule.Kind;
import io.sluice.error.Reason;
import io.sluice.error.SluiceException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;

class GateErrorsTest {
  // Static, because Spark ships the function to its executors as a copy.
  private static final AtomicInteger CALLS = new AtomicInteger();

  private static final GateRule COMPLETE = rule(Kind.COMPLETE, "security_id").named("complete");

  @Test
  void namesTheRuleOfABrokenExpression() {
    SluiceException error = refused(rule(Kind.ROW).saying("price >").named("positive"));

    assertThat(error.problem())
        .isEqualTo("Rule positive (price >) of table stg_holdings cannot be evaluated");
    assertThat(error.why()).contains("PARSE_SYNTAX_ERROR");
  }

  @Test
  void namesTheUnknownColumnOfAnExpression() {
    assertThat(refused(rule(Kind.ROW).saying("prise > 0").named("positive")).why())
        .contains("prise")
        .contains("price");
  }

  @Test
  void refusesWhatIsNoCondition() {
    assertThat(refused(rule(Kind.ROW).saying("quantity + 1").named("sum")).why())
        .contains("DATATYPE_MISMATCH");
    assertThat(refused(rule(Kind.ROW).saying("sum(price) > 0").named("sum")).why())
        .contains("sum(price)");
    assertThat(refused(rule(Kind.ROW).saying("price > 0) or (true").named("sum")).why())
        .contains("PARSE_SYNTAX_ERROR");
  }

  @Test
  void namesTheUnknownColumnOfARule() {
    for (Kind kind : List.of(Kind.COMPLETE, Kind.UNIQUE, Kind.RANGE, Kind.ALLOWED, Kind.PATTERN)) {
      SluiceException error = refused(rule(kind, "isin").allowing("x").named("r"));
      assertThat(error.problem()).isEqualTo("Rule r of table stg_holdings cannot be evaluated");
      assertThat(error.why())
          .isEqualTo(
              "there is no column isin, only portfolio_id, as_of_date, security_id, currency,"
                  + " quantity, price, file_id, sheet_row");
    }
  }

  @Test
  void refusesARangeOverText() {
    assertThat(refused(rule(Kind.RANGE, "currency").between("0", "1").named("r")).why())
        .isEqualTo("currency is not a number");
  }

  @Test
  void refusesABrokenPattern() {
    assertThat(refused(rule(Kind.PATTERN, "currency").saying("[A-Z").named("r")).why())
        .isEqualTo("the pattern is broken: Unclosed character class");
  }

  @Test
  void namesTheRuleThatAValueBreaksAndNoneOfTheOthers() {
    SluiceException error = refused(rule(Kind.ROW).saying("price / quantity > 0").named("ratio"));

    assertThat(error.problem()).contains("Rule ratio (price / quantity > 0)");
    assertThat(error.why()).contains("DIVIDE_BY_ZERO");
  }

  @Test
  void refusesAllowedValuesThatAreNotOfTheColumnsType() {
    SluiceException error = refused(rule(Kind.ALLOWED, "quantity").allowing("many").named("r"));

    assertThat(error.problem()).startsWith("Rule r of");
    assertThat(error.why()).contains("CAST_INVALID_INPUT").contains("many");
  }

  @Test
  void refusesAnExpressionThatIsDrawnByLot() {
    SluiceException error = refused(rule(Kind.ROW).saying("rand() < 0.5").named("lot"));

    assertThat(error.problem()).contains("Rule lot (rand() < 0.5)");
    assertThat(error.why()).containsIgnoringCase("nondeterministic");
  }

  @Test
  void refusesARuleThatHoldsTheSecondTime() {
    CALLS.set(0);
    Dataset<Row> candidate = candidate();
    candidate
        .sparkSession()
        .udf()
        .register("holds_later", (String id) -> CALLS.getAndIncrement() > 0, BooleanType);

    SluiceException error =
        refused(candidate, rule(Kind.ROW).saying("holds_later(security_id)").named("fickle"));

    assertThat(error.why())
        .isEqualTo("it failed, and evaluated once more over the same rows it held");
  }

  @Test
  void refusesSlicesThatTheTableDoesNotHave() {
    SluiceException error =
        catchThrowableOfType(
            SluiceException.class,
            () -> Gate.evaluate("dim_x", List.of(COMPLETE), candidate(), List.of("fund")));

    assertThat(error.reason()).isEqualTo(Reason.CONFIG_INVALID);
    assertThat(error.problem()).isEqualTo("The slices of table dim_x cannot be told apart");
  }

  @Test
  void brokenRulesAreRefusedOnAnEmptyCandidateToo() {
    assertThat(
            refused(new Candidates().dataset(), rule(Kind.ROW).saying("prise > 0").named("p"))
                .why())
        .contains("prise");
  }

  @Test
  void aCandidateThatCannotBeReadIsNoFaultOfARule() {
    Dataset<Row> unreadable =
        candidate()
            .withColumn(
                "security_id",
                functions.udf(GateErrorsTest::fail, StringType).asNondeterministic().apply());

    for (GateRule rule : List.of(COMPLETE, rule(Kind.UNIQUE, "security_id").named("unique"))) {
      SluiceException error =
          catchThrowableOfType(SluiceException.class, () -> Candidates.evaluate(unreadable, rule));
      assertThat(error.reason()).isEqualTo(Reason.LAKE_UNREADABLE);
      assertThat(error.why()).isEqualTo("the disk is gone");
    }
  }

  private static String fail() {
    throw new IllegalStateException("the disk is gone");
  }

  private static SluiceException refused(GateRule rule) {
    return refused(candidate(), rule);
  }

  private static SluiceException refused(Dataset<Row> candidate, GateRule rule) {
    SluiceException error =
        catchThrowableOfType(
            SluiceException.class, () -> Candidates.evaluate(candidate, COMPLETE, rule));
    assertThat(error.reason()).isEqualTo(Reason.CONFIG_INVALID);
    return error;
  }

  private static Dataset<Row> candidate() {
    return new Candidates().row("P1", "AAA", "USD", 0, "1").dataset();
  }
}
