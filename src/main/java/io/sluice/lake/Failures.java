package io.sluice.lake;

/** Foreign exceptions in one line. */
public final class Failures {
  private static final int LONGEST = 300;

  private Failures() {}

  /** The innermost message that there is, on one line. */
  public static String summary(Throwable failure) {
    String message = "";
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause.getMessage() != null && !cause.getMessage().isBlank()) {
        message = cause.getMessage();
      }
    }
    String line = message.isEmpty() ? failure.getClass().getSimpleName() : message;
    line = line.strip().lines().findFirst().orElse("");
    return line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line;
  }
}
