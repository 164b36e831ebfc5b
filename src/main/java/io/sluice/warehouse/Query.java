package io.sluice.warehouse;

import io.sluice.error.Reason;
import io.sluice.error.SluiceException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Runs one statement for a person, in a transaction that can only read. */
public final class Query {
  /**
   * What came back.
   *
   * @param rows values as text, null where there is none
   * @param truncated whether there are more rows than were asked for
   */
  public record Result(List<String> columns, List<List<String>> rows, boolean truncated) {}

  private final Connections connections;
  private final String schema;

  /**
   * @param schema whose tables may be named without it
   */
  public Query(Connections connections, String schema) {
    this.connections = connections;
    this.schema = schema;
  }

  /**
   * @param limit how many rows are returned at most
   * @throws SluiceException USAGE if the statement is not one that reads
   */
  public Result run(String sql, int limit) {
    try (Connection connection = connections.open();
        Statement statement = connection.createStatement()) {
      // For the session: a COMMIT inside the statement must not open the way to writing.
      statement.execute("SET default_transaction_read_only = on");
      statement.execute("SET search_path = " + Sql.name(schema) + ", public");
      statement.execute("SET TIME ZONE 'UTC'");
      connection.commit();
      statement.setMaxRows(limit + 1);
      try {
        if (!statement.execute(sql)) {
          throw usage("it returns no rows", null);
        }
        Result result = read(statement.getResultSet(), limit);
        if (statement.getMoreResults() || statement.getUpdateCount() != -1) {
          throw usage("it holds several statements", null);
        }
        return result;
      } catch (SQLException e) {
        if (e.getSQLState() != null && e.getSQLState().startsWith("08")) {
          throw e;
        }
        throw usage(e.getMessage().replaceAll("\\s*\\R\\s*", " / "), e);
      } finally {
        connection.rollback();
      }
    } catch (SQLException e) {
      throw Failures.translate(e, "The statement could not be run");
    }
  }

  private static Result read(ResultSet row, int limit) throws SQLException {
    ResultSetMetaData meta = row.getMetaData();
    List<String> columns = new ArrayList<>();
    for (int i = 1; i <= meta.getColumnCount(); i++) {
      columns.add(meta.getColumnLabel(i));
    }
    List<List<String>> rows = new ArrayList<>();
    boolean truncated = false;
    while (row.next()) {
      if (rows.size() == limit) {
        truncated = true;
        break;
      }
      List<String> values = new ArrayList<>();
      for (int i = 1; i <= columns.size(); i++) {
        values.add(text(row, i, meta.getColumnType(i)));
      }
      rows.add(Collections.unmodifiableList(values));
    }
    return new Result(List.copyOf(columns), List.copyOf(rows), truncated);
  }

  private static String text(ResultSet row, int column, int type) throws SQLException {
    String text = row.getString(column);
    return text != null && type == Types.BIT ? (text.equals("t") ? "true" : "false") : text;
  }

  private static SluiceException usage(String why, SQLException cause) {
    return new SluiceException(
        Reason.USAGE,
        "The statement was not run",
        why,
        "Give one SELECT; the tables are listed by: SELECT table_name FROM"
            + " information_schema.tables WHERE table_schema = current_schema().",
        cause);
  }
}
