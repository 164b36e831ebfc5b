package io.sluice.warehouse;

import io.sluice.error.Reason;
import io.sluice.error.SluiceException;
import java.sql.SQLException;

/** What Postgres and Spark throw, in words that say what to do. */
final class Failures {
  private static final int DEPTH = 20;

  private Failures() {}

  static SluiceException translate(SQLException e, String problem) {
    String state = e.getSQLState() == null ? "" : e.getSQLState();
    String why = said(e);
    if (state.startsWith("08") || state.startsWith("57P")) {
      return new SluiceException(
          Reason.WAREHOUSE_UNREACHABLE,
          problem,
          "the connection was lost (" + why + ")",
          "Run it again once the server is back: what was not committed is rolled back, and what"
              + " was is found.",
          e);
    }
    return new SluiceException(Reason.WAREHOUSE_REFUSED, problem, why, remedy(state), e);
  }

  private static String remedy(String state) {
    return switch (state) {
      case "42501" -> "Ask the owner of the database for the privilege, or connect as the owner.";
      case "53100" ->
          "Free space on the server's disk, then run it again; the old rows keep serving.";
      case "53300" ->
          "Lower warehouse.max-connections or raise the server's limit, then run it again.";
      case "55P03" -> "Another session holds a table; wait for it or end it, then run it again.";
      case "40001", "40P01" -> "Another session was in the way several times; run it again.";
      case "23503" ->
          "A row refers to a dimension row that is not there: publish the dimensions with the"
              + " facts, or rebuild the table in the lake.";
      case "23505", "21000" ->
          "The table's key is not unique: see its gate, or declare the columns that are.";
      case "23502" -> "A key column is empty: add a gate that asks for it, and correct the source.";
      default -> "The old rows keep serving. Correct the cause, then run it again.";
    };
  }

  /** The server's message in one line; never a statement, which could hold values. */
  private static String said(SQLException e) {
    String message = e.getMessage() == null ? "no message" : e.getMessage();
    return message.replaceFirst("^(ERROR|FATAL): ", "").replaceAll("\\s*\\R\\s*", " / ");
  }

  /** Finds what a task of ours threw inside what Spark made of it. */
  static SluiceException fromSpark(Throwable thrown, String problem) {
    Throwable cause = thrown;
    Throwable deepest = thrown;
    for (int depth = 0; cause != null && depth < DEPTH; depth++) {
      if (cause instanceof SluiceException known) {
        return known;
      }
      if (cause instanceof SQLException sql) {
        return translate(sql, problem);
      }
      deepest = cause;
      cause = cause.getCause();
    }
    return new SluiceException(
        Reason.WAREHOUSE_REFUSED,
        problem,
        String.valueOf(deepest.getMessage()),
        "The old rows keep serving. Correct the cause, then run it again.",
        thrown);
  }
}
