package io.sluice.quality;

import static io.sluice.quality.Candidates.P1;
import static io.sluice.quality.Candidates.P2;
import static io.sluice.quality.Candidates.evaluate;
import static io.sluice.quality.Candidates.rule;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.config.GateRule.Kind;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

class GateShareTest {
  @Test
  void toleratesTheShareOfEachSlice() {
    RuleResult result = completeForShare("0.75", oneOfFourInEach());

    assertThat(result.passed()).isTrue();
    assertThat(result.failingRows()).isEqualTo(2);
    assertThat(result.failedSlices()).isEmpty();
    assertThat(result.metric()).contains(new BigDecimal("0.75"));
    assertThat(result.limit()).isEqualTo(">= 0.75");
    assertThat(result.message()).isEqualTo("2 rows of 8: no value in security_id; tolerated");
  }

  @Test
  void failsEverySliceBelowTheShare() {
    assertThat(completeForShare("0.7500001", oneOfFourInEach()).failedSlices())
        .extracting(FailedSlice::slice)
        .containsExactly(P1, P2);
  }

  @Test
  void failsASmallSliceThatTheWholeWouldHide() {
    Candidates candidates = new Candidates().row("P2", null, "USD", 1, "1");
    for (int i = 0; i < 99; i++) {
      candidates.row("P1", "S" + i, "USD", 1, "1");
    }

    RuleResult result = completeForShare("0.99", candidates);

    assertThat(result.metric()).contains(new BigDecimal("0.99"));
    assertThat(result.passed()).isFalse();
    assertThat(result.failedSlices()).extracting(FailedSlice::slice).containsExactly(P2);
  }

  @Test
  void failsOnlyTheSliceThatPullsTheWholeDown() {
    Candidates candidates =
        new Candidates()
            .row("P1", "AAA", "USD", 1, "1")
            .row("P1", null, "USD", 1, "1")
            .row("P2", null, "USD", 1, "1")
            .row("P2", null, "USD", 1, "1");

    RuleResult result = completeForShare("0.5", candidates);

    assertThat(result.failedSlices()).extracting(FailedSlice::slice).containsExactly(P2);
    assertThat(result.failingRows()).isEqualTo(3);
    assertThat(result.message())
        .isEqualTo("3 rows of 4: no value in security_id; fails in " + P2 + " (2 rows)");
  }

  @Test
  void judgesEachColumnByItsOwnShare() {
    Candidates candidates =
        new Candidates().row("P1", null, "USD", 1, "1").row("P1", "AAA", null, 1, "1");

    RuleResult result =
        evaluate(
                candidates.dataset(),
                rule(Kind.COMPLETE, "security_id", "currency").forShare("0.5").named("complete"))
            .rules()
            .get(0);

    assertThat(result.passed()).isTrue();
    assertThat(result.failingRows()).isEqualTo(2);
  }

  @Test
  void appliesToEveryKindThatLooksAtRows() {
    Candidates candidates =
        new Candidates()
            .row("P1", "AAA", "CHF", 1, "-1")
            .row("P1", "bbb", "USD", 1, "1")
            .row("P1", "CCC", "USD", 0, "1")
            .row("P1", "CCC", "USD", 1, "1");

    GateResult result =
        evaluate(
            candidates.dataset(),
            rule(Kind.UNIQUE, "security_id").forShare("0.5").named("unique"),
            rule(Kind.RANGE, "price").between("0", null).forShare("0.75").named("range"),
            rule(Kind.ALLOWED, "currency").allowing("USD").forShare("0.75").named("allowed"),
            rule(Kind.PATTERN, "security_id").saying("[A-Z]+").forShare("0.75").named("pattern"),
            rule(Kind.ROW).saying("quantity > 0").forShare("0.75").named("row"));

    assertThat(result.passed()).isTrue();
    assertThat(result.rules())
        .extracting(RuleResult::failingRows)
        .containsExactly(2L, 1L, 1L, 1L, 1L);
    assertThat(result.rules().get(1).limit()).isEqualTo(">= 0, >= 0.75");

    GateResult stricter =
        evaluate(
            candidates.dataset(),
            rule(Kind.UNIQUE, "security_id").forShare("0.51").named("unique"),
            rule(Kind.RANGE, "price").between("0", null).forShare("0.76").named("range"),
            rule(Kind.ALLOWED, "currency").allowing("USD").forShare("0.76").named("allowed"),
            rule(Kind.PATTERN, "security_id").saying("[A-Z]+").forShare("0.76").named("pattern"),
            rule(Kind.ROW).saying("quantity > 0").forShare("0.76").named("row"));
    assertThat(stricter.rules()).hasSize(5).noneMatch(RuleResult::passed);
  }

  @Test
  void leavesRowsWithoutAKeyOutOfTheShareOfUniqueOnes() {
    Candidates candidates =
        new Candidates()
            .row("P1", null, "USD", 1, "1")
            .row("P1", null, "USD", 1, "1")
            .row("P1", null, "USD", 1, "1")
            .row("P1", "AAA", "USD", 1, "1")
            .row("P1", "AAA", "USD", 1, "1");

    RuleResult result =
        evaluate(
                candidates.dataset(),
                rule(Kind.UNIQUE, "security_id").forShare("0.5").named("unique"))
            .rules()
            .get(0);

    assertThat(result.passed()).isFalse();
    assertThat(result.failingRows()).isEqualTo(2);
    assertThat(result.metric().orElseThrow()).isEqualByComparingTo("0");
  }

  private static Candidates oneOfFourInEach() {
    Candidates candidates = new Candidates();
    for (String portfolio : new String[] {"P1", "P2"}) {
      candidates
          .row(portfolio, "AAA", "USD", 1, "1")
          .row(portfolio, "BBB", "USD", 1, "1")
          .row(portfolio, "CCC", "USD", 1, "1")
          .row(portfolio, null, "USD", 1, "1");
    }
    return candidates;
  }

  private static RuleResult completeForShare(String share, Candidates candidates) {
    return evaluate(
            candidates.dataset(),
            rule(Kind.COMPLETE, "security_id").forShare(share).named("complete"))
        .rules()
        .get(0);
  }
}
