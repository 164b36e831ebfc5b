package io.sluice.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sluice.SparkForTests;
import io.sluice.config.GoldTable;
import io.sluice.config.Pipeline;
import io.sluice.config.PipelineBuilder;
import io.sluice.error.Reason;
import io.sluice.error.SluiceException;
import io.sluice.warehouse.Query;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LakeQueryTest {
  @TempDir Path folder;
  private LakeQuery query;

  @BeforeEach
  void aLakeWithOneTable() {
    SparkForTests.session()
        .sql("SELECT id AS number, IF(id = 2, NULL, 'n') AS name FROM range(1, 4)")
        .write()
        .format("delta")
        .save(folder + "/asked/gold/numbers");
    query = new LakeQuery(SparkForTests.session(), pipeline());
  }

  @Test
  void answersAQueryInItsOrderAndSaysWhetherThereIsMore() {
    Query.Result result =
        query.run("WITH n AS (SELECT * FROM numbers) SELECT * FROM n ORDER BY 1 DESC;", 2);

    assertThat(result.columns()).containsExactly("number", "name");
    assertThat(result.rows()).hasSize(2);
    assertThat(result.rows().get(0)).containsExactly("3", "n");
    assertThat(result.rows().get(1)).containsExactly("2", null);
    assertThat(result.truncated()).isTrue();
    assertThat(query.run("SELECT number FROM numbers", 3).truncated()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "DELETE FROM numbers",
        "UPDATE numbers SET name = 'x'",
        "INSERT INTO numbers VALUES (4, 'n')",
        "WITH n AS (SELECT 4, 'n') INSERT INTO numbers SELECT * FROM n",
        "TRUNCATE TABLE numbers",
        "DROP VIEW numbers",
        "CREATE TABLE made USING delta AS SELECT 1 AS one"
      })
  void refusesWhatWrites(String statement) {
    SluiceException refused =
        catchThrowableOfType(SluiceException.class, () -> query.run(statement, 10));

    assertThat(refused.reason()).isEqualTo(Reason.USAGE);
    assertThat(query.run("SELECT number, name FROM numbers ORDER BY 1", 10).rows())
        .extracting(row -> row.get(0))
        .containsExactly("1", "2", "3");
  }

  @Test
  void saysWhatIsWrongWithAStatement() {
    assertThat(
            catchThrowableOfType(
                SluiceException.class, () -> query.run("SELECT no FROM numbers", 10)))
        .satisfies(
            wrong -> {
              assertThat(wrong.reason()).isEqualTo(Reason.USAGE);
              assertThat(wrong.why()).contains("`no`").doesNotContain("\n");
              assertThat(wrong.remedy())
                  .isEqualTo("Give one SELECT over the lake's tables: numbers.");
            });
    assertThat(
            catchThrowableOfType(
                    SluiceException.class,
                    () -> query.run("SELECT 1 / (number - 1) FROM numbers", 10))
                .why())
        .contains("DIVIDE_BY_ZERO");
  }

  private Pipeline pipeline() {
    GoldTable numbers =
        new GoldTable(
            "numbers",
            "",
            "",
            new GoldTable.Calendar(LocalDate.of(2024, 1, 1), LocalDate.of(2024, 1, 2)),
            Optional.empty(),
            List.of());
    return PipelineBuilder.pipeline("asked").lake(folder).gold(numbers).build();
  }
}
