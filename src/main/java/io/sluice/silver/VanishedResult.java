package io.sluice.silver;

import io.sluice.lake.Changes;

/**
 * What became of the table of what vanished from a table of snapshots.
 *
 * @param version its Delta version afterwards
 * @param rows how many members vanished on the dates concerned
 * @param changes the dates concerned
 */
public record VanishedResult(String table, long version, long rows, Changes changes) {}
