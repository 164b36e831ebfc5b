package io.sluice.warehouse;

import io.sluice.lake.Changes;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** A table of the lake as publish sees it, at one version. */
public interface PublishSource {
  TargetTable target();

  /** Names the table through its life; a lake that began anew has another. */
  String tableId();

  /** The version that {@link #rows} reads. */
  long version();

  /** What changed after an earlier version of the same table, up to {@link #version}. */
  Changes changesSince(long versionExclusive);

  /** The rows of the changed dates, or all; more columns than the target's are left out. */
  Dataset<Row> rows(Changes changes);
}
