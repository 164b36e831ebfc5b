package io.sluice.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.config.Limits;
import io.sluice.contract.RejectLimit.Breach;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

class RejectLimitTest {
  private final RejectLimit limit = limit("0.05", 20);

  @Test
  void whatIsAllowedIsNotMoreThanIsAllowed() {
    assertThat(limit.breach(5, 100)).isEmpty();
    assertThat(limit.breach(20, 400)).isEmpty();
    assertThat(limit("1", Limits.ANY).breach(1_000_000, 1_000_000)).isEmpty();
  }

  @Test
  void theMessageNamesTheLimitThatIsBroken() {
    assertThat(limit.breach(1, 8))
        .contains(
            new Breach(
                "limits.rejected-rows",
                "12.5 % of its rows are rejected, more than the 5 % allowed"));
    assertThat(limit.breach(21, 10_000))
        .contains(
            new Breach(
                "limits.rejected-count",
                "21 of its 10000 rows are rejected, more than the 20 allowed"));
    assertThat(limit("1", 0).breach(1, 10_000))
        .contains(
            new Breach(
                "limits.rejected-count",
                "1 of its 10000 rows is rejected, more than the 0 allowed"));
  }

  @Test
  void bothLimitsCanBeBroken() {
    assertThat(limit.breach(21, 42))
        .contains(
            new Breach(
                "limits.rejected-rows, limits.rejected-count",
                "50 % of its rows are rejected, more than the 5 % allowed; 21 of its 42 rows are"
                    + " rejected, more than the 20 allowed"));
  }

  private static RejectLimit limit(String share, long rows) {
    return new RejectLimit(
        new Limits(
            new BigDecimal(share),
            rows,
            0,
            Limits.USUAL_UNPACKED_BYTES,
            Limits.USUAL_UNPACKED_RATIO));
  }
}
