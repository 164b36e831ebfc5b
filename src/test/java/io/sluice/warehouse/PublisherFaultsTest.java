package io.sluice.warehouse;

import static io.sluice.warehouse.Publishing.failure;
import static io.sluice.warehouse.Publishing.firstDays;
import static io.sluice.warehouse.Publishing.publish;
import static io.sluice.warehouse.Publishing.staging;
import static io.sluice.warehouse.ServerForTests.execute;
import static io.sluice.warehouse.ServerForTests.rows;
import static io.sluice.warehouse.Star.DIMENSION;
import static io.sluice.warehouse.Star.FACT;
import static io.sluice.warehouse.Star.holding;
import static io.sluice.warehouse.Star.on;
import static io.sluice.warehouse.Star.portfolio;
import static io.sluice.warehouse.Star.source;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.config.Warehouse;
import io.sluice.error.Reason;
import io.sluice.error.SluiceException;
import io.sluice.lake.Changes;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class PublisherFaultsTest {
  private static final String HOLDINGS =
      "SELECT date_key, portfolio_key, market_value FROM %s.fact_holdings ORDER BY 1, 2";

  @Test
  void aNulCharacterIsNamedByTableColumnAndKey() {
    Warehouse warehouse = ServerForTests.warehouse("nul");

    SluiceException thrown =
        failure(
            warehouse,
            source(
                Star.dimension("nul"),
                DIMENSION,
                1,
                portfolio(1, "fine"),
                portfolio(42, "bro\0ken")));

    assertThat(thrown.reason()).isEqualTo(Reason.WAREHOUSE_REFUSED);
    assertThat(thrown.problem())
        .isEqualTo(
            "A row of dim_portfolio cannot be published: column portfolio_name of the row"
                + " portfolio_key=42");
    assertThat(thrown.why()).contains("NUL");
    assertThat(staging(warehouse, "nul")).isEmpty();
  }

  @Test
  void aKeyThatIsNotUniqueIsNamed() {
    Warehouse warehouse = ServerForTests.warehouse("twice");

    SluiceException thrown =
        failure(
            warehouse,
            source(Star.dimension("twice"), DIMENSION, 1, portfolio(7, "a"), portfolio(7, "b")));

    assertThat(thrown.reason()).isEqualTo(Reason.WAREHOUSE_REFUSED);
    assertThat(thrown.why())
        .isEqualTo("its key (portfolio_key) is not unique: (7) stands in 2 rows");
  }

  @Test
  void aFailureInTheLastTableLeavesAllOldRows() {
    Warehouse warehouse = ServerForTests.warehouse("rolled_back");
    publish(warehouse, "r1", firstDays("rolled_back"));

    SluiceException thrown =
        failure(
            warehouse,
            source(
                Star.dimension("rolled_back"),
                DIMENSION,
                2,
                portfolio(1, "Renamed"),
                portfolio(2, "Growth")),
            source(Star.fact("rolled_back"), FACT, 2, holding(20240117, 77, "1")));

    assertThat(thrown.reason()).isEqualTo(Reason.WAREHOUSE_REFUSED);
    assertThat(thrown.why()).contains("foreign key");
    assertThat(rows(warehouse, HOLDINGS.formatted("rolled_back")))
        .containsExactly("20240115|1|10.0000", "20240115|2|null", "20240116|1|11.5000");
    assertThat(
            rows(
                warehouse,
                "SELECT portfolio_name FROM rolled_back.dim_portfolio ORDER BY portfolio_key"))
        .containsExactly("Income", "Growth");
    assertThat(
            rows(
                warehouse,
                "SELECT DISTINCT version FROM ops.publications WHERE pipeline = 'rolled_back'"))
        .containsExactly("1");
    assertThat(staging(warehouse, "rolled_back")).isEmpty();
  }

  @Test
  void aPublishThatWasOvertakenIsFenced() {
    Warehouse warehouse = ServerForTests.warehouse("fenced");
    publish(warehouse, "r1", firstDays("fenced"));
    PublishSource late =
        source(Star.fact("fenced"), FACT, "lake-1", 2, on("2024-01-16"), holding(20240116, 1, "1"));
    PublishSource overtaken =
        new Delegating(late) {
          @Override
          public Dataset<Row> rows(Changes changes) {
            publish(
                warehouse,
                "other",
                source(
                    Star.fact("fenced"),
                    FACT,
                    "lake-1",
                    3,
                    on("2024-01-16"),
                    holding(20240116, 1, "2")));
            return super.rows(changes);
          }
        };

    SluiceException thrown = failure(warehouse, overtaken);

    assertThat(thrown.reason()).isEqualTo(Reason.FENCED);
    assertThat(thrown.why())
        .isEqualTo(
            "the warehouse's record of fact_holdings changed from version 1 to version 3 while this"
                + " one was copying");
    assertThat(
            rows(
                warehouse,
                "SELECT market_value FROM fenced.fact_holdings WHERE date_key = 20240116"))
        .containsExactly("2.0000");
  }

  @Test
  void stagingTablesOfDeadRunsAreSweptAndThoseOfLivingOnesStay() throws Exception {
    Warehouse warehouse = ServerForTests.warehouse("swept");
    publish(warehouse, "r1", firstDays("swept"));
    long alive = Staging.number("run", "swept", "alive");
    execute(
        warehouse,
        "CREATE UNLOGGED TABLE sluice_staging.swept_dead_x (a int)",
        "COMMENT ON TABLE sluice_staging.swept_dead_x IS 'sluice staging swept 4711'",
        "CREATE UNLOGGED TABLE sluice_staging.swept_alive_x (a int)",
        "COMMENT ON TABLE sluice_staging.swept_alive_x IS 'sluice staging swept " + alive + "'");
    try (var connection = Connections.to(warehouse, "alive").open();
        var statement = connection.createStatement()) {
      statement.execute("SELECT pg_advisory_lock(" + alive + ")");

      publish(
          warehouse,
          "r2",
          source(
              Star.fact("swept"), FACT, "lake-1", 2, on("2024-01-16"), holding(20240116, 1, "1")));

      assertThat(staging(warehouse, "swept")).containsExactly("swept_alive_x");
    }
  }

  @Test
  void rowsOfATaskAttemptThatSparkDidNotTakeAreLeftOut() throws Exception {
    Warehouse warehouse = ServerForTests.warehouse("retried");
    publish(warehouse, "r1", firstDays("retried"));
    execute(
        warehouse,
        "CREATE TABLE retried.staged AS SELECT f.*, a AS sluice_attempt FROM retried.fact_holdings"
            + " f, generate_series(1, 2) a");
    Staged staged = new Staged(Star.fact("retried"), "retried.staged", java.util.Map.of(2L, 3L));
    try (var connection = Connections.to(warehouse, "test").open()) {
      staged.verifyArrived(connection);
      Difference difference = new Difference(staged, Changes.EVERYTHING, connection);
      difference.deleteVanished();
      difference.upsert();

      assertThat(difference.verified(1))
          .isEqualTo(new TableResult("fact_holdings", 3, 0, 0, 0, 3, 3, 1, false));
    }
  }

  private static class Delegating implements PublishSource {
    private final PublishSource other;

    Delegating(PublishSource other) {
      this.other = other;
    }

    @Override
    public TargetTable target() {
      return other.target();
    }

    @Override
    public String tableId() {
      return other.tableId();
    }

    @Override
    public long version() {
      return other.version();
    }

    @Override
    public Changes changesSince(long versionExclusive) {
      return other.changesSince(versionExclusive);
    }

    @Override
    public Dataset<Row> rows(Changes changes) {
      return other.rows(changes);
    }
  }
}
