package io.sluice.warehouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sluice.config.Warehouse;
import io.sluice.error.Reason;
import io.sluice.error.SluiceException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class QueryTest {
  private static Warehouse warehouse;
  private static Query query;

  @BeforeAll
  static void fill() {
    warehouse = ServerForTests.warehouse("asked");
    ServerForTests.execute(
        warehouse,
        "CREATE SCHEMA IF NOT EXISTS asked",
        "CREATE TABLE asked.t AS SELECT * FROM (VALUES (1, 'a', true), (2, NULL, false), (3, 'c',"
            + " NULL)) v(id, name, ok)");
    query = new Query(Connections.to(warehouse, "test"), "asked");
  }

  @Test
  void tablesOfThePipelineNeedNoSchema() {
    assertThat(query.run("SELECT id, name, ok FROM t ORDER BY id", 10))
        .isEqualTo(
            new Query.Result(
                List.of("id", "name", "ok"),
                List.of(
                    List.of("1", "a", "true"),
                    Arrays.asList("2", null, "false"),
                    Arrays.asList("3", "c", null)),
                false));
  }

  @Test
  void rowsBeyondTheLimitAreNotReadAndThatIsSaid() {
    Query.Result result = query.run("SELECT id FROM t ORDER BY id;", 2);

    assertThat(result.rows()).containsExactly(List.of("1"), List.of("2"));
    assertThat(result.truncated()).isTrue();
  }

  @Test
  void nothingCanBeWritten() {
    for (String sql :
        List.of(
            "DELETE FROM t",
            "CREATE TABLE x (a int)",
            "SELECT 1; COMMIT; DELETE FROM t",
            "COMMIT; DELETE FROM t")) {
      SluiceException thrown =
          catchThrowableOfType(SluiceException.class, () -> query.run(sql, 10));

      assertThat(thrown.reason()).as(sql).isEqualTo(Reason.USAGE);
    }
    assertThat(ServerForTests.rows(warehouse, "SELECT count(*) FROM asked.t")).containsExactly("3");
  }

  @Test
  void aMistakeIsExplainedInTheServersWords() {
    SluiceException thrown =
        catchThrowableOfType(SluiceException.class, () -> query.run("SELECT nothing FROM t", 10));

    assertThat(thrown.why()).contains("column \"nothing\" does not exist");
  }
}
