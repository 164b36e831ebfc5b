package io.sluice.contract;

import io.sluice.config.Limits;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How many rows of a slice may be rejected before the slice is held. */
public final class RejectLimit {
  /**
   * That a slice breaks its limits.
   *
   * @param rule keys of the limits that it breaks
   * @param message what is said of it
   */
  public record Breach(String rule, String message) {}

  private final BigDecimal share;
  private final long count;

  public RejectLimit(Limits limits) {
    this.share = limits.rejectedShare();
    this.count = limits.rejectedRows();
  }

  /** The share of rejected rows, 0 to 1. */
  public static BigDecimal share(long rejected, long rows) {
    return BigDecimal.valueOf(rejected).divide(BigDecimal.valueOf(rows), MathContext.DECIMAL64);
  }

  /**
   * What is broken by a slice.
   *
   * @param rejected how many of its rows are rejected
   * @param rows how many it has, one at least
   */
  public Optional<Breach> breach(long rejected, long rows) {
    List<String> rules = new ArrayList<>();
    List<String> messages = new ArrayList<>();
    BigDecimal found = share(rejected, rows);
    if (found.compareTo(share) > 0) {
      rules.add("limits.rejected-rows");
      messages.add(
          "%s of its rows are rejected, more than the %s allowed"
              .formatted(percent(found), percent(share)));
    }
    if (rejected > count) {
      rules.add("limits.rejected-count");
      messages.add(
          "%d of its %d rows %s rejected, more than the %d allowed"
              .formatted(rejected, rows, rejected == 1 ? "is" : "are", count));
    }
    return rules.isEmpty()
        ? Optional.empty()
        : Optional.of(new Breach(String.join(", ", rules), String.join("; ", messages)));
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
