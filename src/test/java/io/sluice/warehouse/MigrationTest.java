package io.sluice.warehouse;

import static io.sluice.warehouse.ServerForTests.execute;
import static io.sluice.warehouse.ServerForTests.rows;
import static io.sluice.warehouse.Star.DIMENSION;
import static io.sluice.warehouse.Star.portfolio;
import static io.sluice.warehouse.Star.source;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sluice.config.Secret;
import io.sluice.config.Warehouse;
import io.sluice.error.Reason;
import io.sluice.error.SluiceException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MigrationTest {
  @TempDir Path folder;

  @Test
  void whatIsMissingIsPlannedOnceAndThenThere() throws Exception {
    Warehouse warehouse = ServerForTests.warehouse("planned");
    List<TargetTable> tables = List.of(Star.fact("planned"), Star.dimension("planned"));
    try (Connection connection = Connections.to(warehouse, "test").open()) {
      MigrationPlan plan = Migration.plan(connection, tables);

      assertThat(plan.byHand()).isEmpty();
      assertThat(plan.additive())
          .contains(
              "CREATE SCHEMA \"planned\"",
              "CREATE TABLE \"planned\".\"fact_holdings\" (\"date_key\" integer NOT NULL,"
                  + " \"portfolio_key\" bigint NOT NULL, \"market_value\" numeric(20,4), PRIMARY"
                  + " KEY (\"date_key\", \"portfolio_key\"))",
              "CREATE INDEX ON \"planned\".\"fact_holdings\" (\"portfolio_key\")",
              "ALTER TABLE \"planned\".\"fact_holdings\" ADD FOREIGN KEY (\"portfolio_key\")"
                  + " REFERENCES \"planned\".\"dim_portfolio\" (\"portfolio_key\")");
      Migration.apply(connection, plan);
      assertThat(Migration.plan(connection, tables).isEmpty()).isTrue();
    }
  }

  @Test
  void anAddedColumnIsFilledInRowsThatDidNotChange() {
    Warehouse warehouse = ServerForTests.warehouse("widened");
    publish(warehouse, source(Star.dimension("widened"), DIMENSION, 1, portfolio(1, "Income")));
    execute(warehouse, "ALTER TABLE widened.dim_portfolio DROP COLUMN portfolio_name");

    PublishResult result =
        publish(warehouse, source(Star.dimension("widened"), DIMENSION, 1, portfolio(1, "Income")));

    assertThat(result.tables())
        .containsExactly(new TableResult("dim_portfolio", 1, 0, 1, 0, 0, 1, 1, false));
    assertThat(rows(warehouse, "SELECT portfolio_name FROM widened.dim_portfolio"))
        .containsExactly("Income");
  }

  @Test
  void aChangedTypeIsLeftToAPerson() {
    Warehouse warehouse = ServerForTests.warehouse("retyped");
    publish(warehouse, source(Star.dimension("retyped"), DIMENSION, 1, portfolio(1, "Income")));
    execute(
        warehouse,
        "ALTER TABLE retyped.dim_portfolio ALTER COLUMN portfolio_name TYPE varchar(20)");

    SluiceException thrown =
        failure(warehouse, source(Star.dimension("retyped"), DIMENSION, 2, portfolio(1, "Income")));

    assertThat(thrown.reason()).isEqualTo(Reason.WAREHOUSE_SHAPE);
    assertThat(thrown.why())
        .isEqualTo("dim_portfolio.portfolio_name is character varying(20) and should be text");
    assertThat(thrown.remedy())
        .contains(
            "ALTER TABLE \"retyped\".\"dim_portfolio\" ALTER COLUMN \"portfolio_name\" TYPE text");
  }

  @Test
  void aColumnAddedByHandIsReportedAndLeftAlone() throws Exception {
    Warehouse warehouse = ServerForTests.warehouse("drifted");
    publish(warehouse, source(Star.dimension("drifted"), DIMENSION, 1, portfolio(1, "Income")));
    execute(warehouse, "ALTER TABLE drifted.dim_portfolio ADD COLUMN mine text DEFAULT 'note'");

    publish(warehouse, source(Star.dimension("drifted"), DIMENSION, 2, portfolio(1, "Income II")));

    assertThat(rows(warehouse, "SELECT portfolio_name, mine FROM drifted.dim_portfolio"))
        .containsExactly("Income II|note");
    try (Connection connection = Connections.to(warehouse, "test").open()) {
      assertThat(Migration.plan(connection, List.of(Star.dimension("drifted"))).byHand())
          .containsExactly(
              new MigrationPlan.ByHand(
                  "ALTER TABLE \"drifted\".\"dim_portfolio\" DROP COLUMN \"mine\"",
                  "dim_portfolio.mine is not declared; publish leaves it alone",
                  false));
    }
  }

  @Test
  void aServerByUrlIsMigratedOnFirstUseOnly() throws Exception {
    Warehouse embedded = ServerForTests.warehouse("by_url");
    Files.writeString(folder.resolve("user"), EmbeddedServer.USER);
    Secret user = new Secret("file:" + folder.resolve("user"));
    Warehouse template = ServerForTests.byUrl("by_url");
    Warehouse warehouse =
        new Warehouse(template.url(), "by_url", user, template.password(), Path.of("unused"), 0, 4);

    publish(warehouse, source(Star.dimension("by_url"), DIMENSION, 1, portfolio(1, "Income")));

    assertThat(rows(embedded, "SELECT portfolio_name FROM by_url.dim_portfolio"))
        .containsExactly("Income");
    SluiceException thrown =
        failure(warehouse, source(Star.bag("by_url"), Star.BAG, 1, Star.note("2024-01-15", "a")));
    assertThat(thrown.reason()).isEqualTo(Reason.WAREHOUSE_SHAPE);
    assertThat(thrown.why()).startsWith("migrate would run: CREATE TABLE \"by_url\".\"notes\"");
    assertThat(thrown.remedy()).contains("./sluice migrate");
  }

  private static PublishResult publish(Warehouse warehouse, PublishSource... sources) {
    return new Publisher(warehouse, warehouse.schema(), Connections.to(warehouse, "test"))
        .publish(new ArrayList<>(List.of(sources)), "r", false);
  }

  private static SluiceException failure(Warehouse warehouse, PublishSource... sources) {
    return catchThrowableOfType(SluiceException.class, () -> publish(warehouse, sources));
  }
}
