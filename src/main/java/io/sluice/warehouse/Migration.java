package io.sluice.warehouse;

import io.sluice.error.SluiceException;
import io.sluice.warehouse.MigrationPlan.ByHand;
import io.sluice.warehouse.TargetTable.ForeignKey;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Brings a warehouse to the declared shape: adds what is missing, and leaves what could lose
 * something to a person.
 */
public final class Migration {
  static final String OPS = "ops";
  static final String PUBLICATIONS = "publications";
  static final String STAGING = "sluice_staging";

  private Migration() {}

  /** Compares the warehouse with the declared tables; changes nothing. */
  public static MigrationPlan plan(Connection connection, List<TargetTable> tables) {
    try {
      List<String> additive = new ArrayList<>(common(connection));
      List<ByHand> byHand = new ArrayList<>();
      List<String> references = new ArrayList<>();
      for (String schema : schemas(tables)) {
        if (!Catalog.schemaExists(connection, schema)) {
          additive.add("CREATE SCHEMA " + Sql.name(schema));
        }
        Catalog catalog = Catalog.read(connection, schema);
        for (TargetTable table : tables) {
          if (table.schema().equals(schema)) {
            planTable(table, catalog, additive, references, byHand);
          }
        }
      }
      additive.addAll(references);
      return new MigrationPlan(additive, byHand);
    } catch (SQLException e) {
      throw Failures.translate(e, "The shape of the warehouse cannot be read");
    }
  }

  /** Runs the additive statements in one transaction and commits. */
  public static void apply(Connection connection, MigrationPlan plan) {
    if (plan.additive().isEmpty()) {
      return;
    }
    String running = "";
    try (Statement statement = connection.createStatement()) {
      for (String sql : plan.additive()) {
        running = sql;
        statement.execute(sql);
      }
      connection.commit();
    } catch (SQLException e) {
      SluiceException failure =
          Failures.translate(e, "The warehouse could not be migrated at: " + running);
      rollback(connection, failure);
      throw failure;
    }
  }

  static void rollback(Connection connection, Exception because) {
    try {
      connection.rollback();
    } catch (SQLException e) {
      because.addSuppressed(e);
    }
  }

  static Set<String> schemas(List<TargetTable> tables) {
    return tables.stream().map(TargetTable::schema).collect(Collectors.toCollection(TreeSet::new));
  }

  private static List<String> common(Connection connection) throws SQLException {
    List<String> statements = new ArrayList<>();
    if (!Catalog.schemaExists(connection, STAGING)) {
      statements.add("CREATE SCHEMA IF NOT EXISTS " + STAGING);
    }
    if (!Catalog.schemaExists(connection, OPS)) {
      statements.add("CREATE SCHEMA IF NOT EXISTS " + OPS);
    }
    if (!Catalog.tableExists(connection, OPS, PUBLICATIONS)) {
      statements.add(
          """
          CREATE TABLE IF NOT EXISTS ops.publications (
            pipeline text NOT NULL,
            table_name text NOT NULL,
            table_id text NOT NULL,
            version bigint NOT NULL,
            run_id text NOT NULL,
            published_at timestamptz NOT NULL,
            PRIMARY KEY (pipeline, table_name)
          )\
          """);
    }
    return statements;
  }

  private static void planTable(
      TargetTable table,
      Catalog catalog,
      List<String> additive,
      List<String> references,
      List<ByHand> byHand) {
    Map<String, Catalog.Found> found = catalog.columns(table.name()).orElse(null);
    if (found == null) {
      additive.add(create(table));
      additive.add(forget(table));
      if (!table.comment().isEmpty()) {
        additive.add(comment(table));
      }
      table.columns().stream()
          .filter(column -> !column.comment().isEmpty())
          .forEach(column -> additive.add(comment(table, column)));
    } else {
      planColumns(table, found, additive, byHand);
      planKey(table, catalog, additive, byHand);
      if (!table.comment().isEmpty() && catalog.comment(table.name()).isEmpty()) {
        additive.add(comment(table));
      }
    }
    for (String column : table.indexes()) {
      if (!catalog.indexed(table.name(), column)) {
        additive.add("CREATE INDEX ON %s (%s)".formatted(table.qualified(), Sql.name(column)));
      }
    }
    for (ForeignKey key : table.foreignKeys()) {
      if (!catalog.refers(table.name(), key.column(), key.table())) {
        references.add(
            "ALTER TABLE %s ADD FOREIGN KEY (%s) REFERENCES %s (%s)"
                .formatted(
                    table.qualified(),
                    Sql.name(key.column()),
                    Sql.name(table.schema(), key.table()),
                    Sql.name(key.references())));
      }
    }
  }

  private static void planColumns(
      TargetTable table,
      Map<String, Catalog.Found> found,
      List<String> additive,
      List<ByHand> byHand) {
    String alter = "ALTER TABLE " + table.qualified() + " ";
    boolean added = false;
    for (TargetColumn column : table.columns()) {
      Catalog.Found there = found.get(column.name());
      String name = Sql.name(column.name());
      if (there == null && column.required()) {
        byHand.add(
            new ByHand(
                alter + "ADD COLUMN " + name + " " + column.type() + " NOT NULL DEFAULT ...",
                table.name() + "." + column.name() + " is part of a key and missing",
                true));
      } else if (there == null) {
        additive.add(alter + "ADD COLUMN " + name + " " + column.type());
        added = true;
        if (!column.comment().isEmpty()) {
          additive.add(comment(table, column));
        }
      } else {
        if (!there.type().equals(column.type())) {
          byHand.add(
              new ByHand(
                  alter + "ALTER COLUMN " + name + " TYPE " + column.type(),
                  "%s.%s is %s and should be %s"
                      .formatted(table.name(), column.name(), there.type(), column.type()),
                  true));
        }
        if (there.required() && !column.required()) {
          byHand.add(
              new ByHand(
                  alter + "ALTER COLUMN " + name + " DROP NOT NULL",
                  table.name() + "." + column.name() + " may be empty in the lake and not here",
                  false));
        }
        if (there.comment().isEmpty() && !column.comment().isEmpty()) {
          additive.add(comment(table, column));
        }
      }
    }
    if (added) {
      // The new column has to be filled in rows that did not change since.
      additive.add(forget(table));
    }
    found.keySet().stream()
        .filter(column -> table.column(column).isEmpty())
        .sorted(Comparator.naturalOrder())
        .forEach(
            column ->
                byHand.add(
                    new ByHand(
                        alter + "DROP COLUMN " + Sql.name(column),
                        table.name() + "." + column + " is not declared; publish leaves it alone",
                        found.get(column).required() && !found.get(column).filledByDefault())));
  }

  private static void planKey(
      TargetTable table, Catalog catalog, List<String> additive, List<ByHand> byHand) {
    List<String> there = catalog.primaryKey(table.name());
    if (there.equals(table.primaryKey())) {
      return;
    }
    String add = "ADD PRIMARY KEY (" + Sql.names(table.primaryKey()) + ")";
    if (there.isEmpty()) {
      additive.add("ALTER TABLE " + table.qualified() + " " + add);
    } else {
      byHand.add(
          new ByHand(
              "ALTER TABLE %s DROP CONSTRAINT %s%s"
                  .formatted(
                      table.qualified(),
                      Sql.name(table.name() + "_pkey"),
                      table.primaryKey().isEmpty() ? "" : ", " + add),
              "the key of %s is %s and should be %s"
                  .formatted(table.name(), there, table.primaryKey()),
              true));
    }
  }

  private static String create(TargetTable table) {
    String columns =
        table.columns().stream()
            .map(
                column ->
                    Sql.name(column.name())
                        + " "
                        + column.type()
                        + (column.required() ? " NOT NULL" : ""))
            .collect(Collectors.joining(", "));
    String key =
        table.primaryKey().isEmpty() ? "" : ", PRIMARY KEY (" + Sql.names(table.primaryKey()) + ")";
    return "CREATE TABLE " + table.qualified() + " (" + columns + key + ")";
  }

  /** Without its record the table is compared whole at the next publish. */
  private static String forget(TargetTable table) {
    return "DELETE FROM ops.publications WHERE pipeline = %s AND table_name = %s"
        .formatted(Sql.text(table.pipeline()), Sql.text(table.name()));
  }

  private static String comment(TargetTable table) {
    return "COMMENT ON TABLE " + table.qualified() + " IS " + Sql.text(table.comment());
  }

  private static String comment(TargetTable table, TargetColumn column) {
    return "COMMENT ON COLUMN %s.%s IS %s"
        .formatted(table.qualified(), Sql.name(column.name()), Sql.text(column.comment()));
  }
}
