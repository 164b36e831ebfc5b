package io.sluice.warehouse;

/**
 * What a publish did to one table.
 *
 * @param staged rows sent to the server
 * @param unchanged staged rows that stood there already and were not touched
 * @param rowsInScope rows of the changed part after the publish; equal to {@code staged}
 * @param version of the gold table that is now published
 * @param skipped whether that version was published before, so that nothing was sent
 */
public record TableResult(
    String table,
    long staged,
    long inserted,
    long updated,
    long deleted,
    long unchanged,
    long rowsInScope,
    long version,
    boolean skipped) {
  static TableResult skipped(String table, long version) {
    return new TableResult(table, 0, 0, 0, 0, 0, 0, version, true);
  }

  boolean changed() {
    return inserted + updated + deleted > 0;
  }
}
