package io.sluice.config;

/**
 * How fiscal years lie in calendar years.
 *
 * @param startMonth the month that begins with one, 1 to 12
 */
public record FiscalYear(int startMonth, NamedBy namedBy) {
  /** Which of the two calendar years that it lies in gives a fiscal year its number. */
  public enum NamedBy {
    /** April 2023 to March 2024 is 2024. */
    END,
    /** April 2023 to March 2024 is 2023. */
    START
  }
}
