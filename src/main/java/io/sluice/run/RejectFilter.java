package io.sluice.run;

/**
 * Which rejects are asked for.
 *
 * @param file path of a workbook in the landing, or its end after a slash; empty for any
 * @param reason code; empty for any
 * @param table silver table, or source for refused files; empty for any
 * @param limit how many single rejects are listed at most
 */
public record RejectFilter(String file, String reason, String table, int limit) {
  /** Whether it asks for something special. */
  public boolean narrow() {
    return !file.isEmpty() || !reason.isEmpty() || !table.isEmpty();
  }
}
