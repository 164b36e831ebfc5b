package io.sluice.warehouse;

import io.sluice.error.Reason;
import io.sluice.error.SluiceException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * What an executor does with a partition: one COPY in one transaction, every row marked with the
 * task attempt. A task that is tried again, or twice at once, therefore leaves rows of several
 * attempts, of which the driver counts only the one that Spark took.
 */
final class CopyTask implements MapPartitionsFunction<Row, Row> {
  private static final long serialVersionUID = 1L;
  private static final int FLUSH = 1 << 16;

  static final StructType RESULT =
      new StructType().add("attempt", DataTypes.LongType).add("rows", DataTypes.LongType);

  private final Connections connections;
  private final TargetTable target;
  private final String copy;

  CopyTask(Connections connections, TargetTable target, String copy) {
    this.connections = connections;
    this.target = target;
    this.copy = copy;
  }

  @Override
  public Iterator<Row> call(Iterator<Row> rows) throws SQLException {
    long attempt = TaskContext.get().taskAttemptId();
    long count = rows.hasNext() ? copy(rows, attempt) : 0;
    return List.of(RowFactory.create(attempt, count)).iterator();
  }

  private long copy(Iterator<Row> rows, long attempt) throws SQLException {
    try (Connection connection = connections.open()) {
      CopyIn in = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(copy);
      try {
        long count = 0;
        CopyText text = new CopyText(target);
        while (rows.hasNext()) {
          text.append(rows.next(), attempt);
          count++;
          if (text.length() >= FLUSH) {
            in.writeToCopy(text.bytes(), 0, text.length());
            text.clear();
          }
        }
        in.writeToCopy(text.bytes(), 0, text.length());
        long arrived = in.endCopy();
        if (arrived != count) {
          throw new SluiceException(
              Reason.WAREHOUSE_REFUSED,
              "Postgres took " + arrived + " of " + count + " rows of " + target.name(),
              "its COPY left rows out without saying so",
              "Run it again; if it happens again, look for triggers or rules on "
                  + Migration.STAGING
                  + ".");
        }
        connection.commit();
        return count;
      } finally {
        if (in.isActive()) {
          in.cancelCopy();
        }
      }
    }
  }
}
