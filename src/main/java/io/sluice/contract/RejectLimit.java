package io.sluice.contract;

import io.sluice.config.Limits;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** How much of a slice may be rejected before the slice is held. */
public final class RejectLimit {
  private final BigDecimal most;

  public RejectLimit(Limits limits) {
    this.most = limits.rejectedShare();
  }

  /** The share of rejected rows, 0 to 1. */
  public static BigDecimal share(long rejected, long rows) {
    return BigDecimal.valueOf(rejected).divide(BigDecimal.valueOf(rows), MathContext.DECIMAL64);
  }

  public boolean brokenBy(BigDecimal share) {
    return share.compareTo(most) > 0;
  }

  /** What is said of a slice that breaks it. */
  public String message(BigDecimal share) {
    return "%s of its rows are rejected, more than the %s allowed"
        .formatted(percent(share), percent(most));
  }

  /** As people write it, to a tenth of a percent. */
  public static String percent(BigDecimal share) {
    return share
            .movePointRight(2)
            .setScale(1, RoundingMode.HALF_UP)
            .stripTrailingZeros()
            .toPlainString()
        + " %";
  }
}
