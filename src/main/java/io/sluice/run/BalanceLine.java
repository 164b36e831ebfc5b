package io.sluice.run;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One equation of the row balance: what went into a stage, and what became of it.
 *
 * @param stage e.g. {@code landing → bronze}
 * @param table what was written
 * @param in rows that came in
 * @param out where they went, by name; they add up to {@code in}
 */
public record BalanceLine(String stage, String table, long in, Map<String, Long> out) {
  public BalanceLine {
    out = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(out));
  }

  public boolean balances() {
    return in == out.values().stream().mapToLong(Long::longValue).sum();
  }
}
