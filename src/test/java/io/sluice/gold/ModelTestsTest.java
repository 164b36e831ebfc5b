package io.sluice.gold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.SparkForTests;
import io.sluice.config.LoadRequest;
import io.sluice.config.Pipeline;
import io.sluice.config.PipelineLoader;
import io.sluice.error.ExitCode;
import io.sluice.error.Reason;
import io.sluice.error.SluiceException;
import io.sluice.gold.ModelReport.Comparison;
import io.sluice.gold.ModelReport.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Cases of a model over prices by security and day, as an analyst would write them. */
class ModelTestsTest {
  private static final String CONF =
      """
      pipeline.name = cases
      landing.root = landing
      sources.prices {
        files = "*.xlsx"
        slice = [as_of_date]
        columns {
          as_of_date { type = date, required = true }
          security_id { type = string, required = true }
          price { type = "decimal(20,4)" }
        }
      }
      silver.stg_prices {
        from = prices, key = [security_id, as_of_date], partition-by-date = as_of_date
      }
      gold {
        dim_date { calendar { from = 2024-01-01, to = 2024-12-31 } }
        model { sql = model.sql, date = as_of_date, reads = READS }
      }
      metrics.mean_price { sql = "SUM(price) / COUNT(*)", over = stg_prices }
      """;

  private static final String BEFORE =
      """
      SELECT as_of_date, security_id, price,
        lag(price) OVER (PARTITION BY security_id ORDER BY as_of_date) AS before
      FROM stg_prices
      """;

  @TempDir Path folder;

  @Test
  void aCasePassesOrSaysCellByCellWhatIsNotAsItShouldBe() {
    ModelReport report =
        run(
            "none",
            "SELECT as_of_date, security_id, metric(mean_price) AS mean FROM stg_prices p"
                + " GROUP BY as_of_date, security_id",
            """
            cases {
              right {
                given.stg_prices = \"""
                  | as_of_date | security_id | price  |
                  |------------|-------------|--------|
                  | 2024-01-02 | A           | 0.10   |
                  | 2024-01-02 | A           | 0.20   |
                  | 2024-01-02 | "B|C"       | 3.0000 |
                \"""
                expect = \"""
                  security_id | mean
                  "B|C"       | 3
                  A           | 0.15
                \"""
              }
              wrong {
                given.stg_prices = \"""
                  as_of_date | security_id | price
                  2024-01-02 | A           | 1
                  2024-01-03 | A           | 5
                  2024-01-03 | B           |
                \"""
                expect = \"""
                  as_of_date | security_id | mean
                  2024-01-02 | A           | 1.01
                  2024-01-09 | C           | 7
                \"""
              }
            }
            """);

    List<Outcome> cases = report.models().get(0).cases();
    assertThat(cases.get(0).differences()).isEmpty();
    assertThat(cases.get(1).at()).endsWith("model.test.conf:16");
    assertThat(cases.get(1).differences())
        .extracting(each -> each.kind() + ": " + each.row() + " " + each.cells())
        .containsExactly(
            "different: as_of_date = 2024-01-02, security_id = A" + " [mean is 1, expected 1.01]",
            "missing: as_of_date = 2024-01-09, security_id = C, mean = 7 []",
            "unexpected: as_of_date = 2024-01-03, security_id = A, mean = 5 []",
            "unexpected: as_of_date = 2024-01-03, security_id = B, mean = NULL []");
    assertThat(report.models().get(0).comparisons()).allMatch(Comparison::equal);
    assertThat(report.exitCode()).isEqualTo(ExitCode.GATE_FAILED);
    assertThat(report.failures()).isEqualTo(1);
  }

  @Test
  void allMistakesOfTheCasesAreSaidAtOnceEachWithItsLine() {
    assertThatThrownBy(
            () ->
                run(
                    "none",
                    "SELECT as_of_date, price FROM stg_prices",
                    """
                    cases {
                      first {
                        given {
                          stg_price = "price"
                          stg_prices = \"""
                            as_of_date | prise
                            2024-01-02 | 1
                          \"""
                        }
                        expect = \"""
                          as_of_date | price
                          2024-1-2   | 1.23456
                          2024-01-02 | 1 | 2
                        \"""
                        expects = 1
                      }
                    }
                    """))
        .isInstanceOfSatisfying(
            SluiceException.class,
            e -> {
              assertThat(e.reason()).isEqualTo(Reason.CONFIG_INVALID);
              assertThat(e.why())
                  .contains(
                      "model.test.conf:2: stg_price is given, which model is not made of; did you"
                          + " mean stg_prices?",
                      "model.test.conf:2: prise is not a column of stg_prices; did you mean price?",
                      "model.test.conf:12: as_of_date is 2024-1-2, which is not a date such as",
                      "model.test.conf:12: price is 1.23456, which is not a number with at most 16"
                          + " digits before and 4 after the point",
                      "model.test.conf:13: the row has 3 cells, but there are 2 columns",
                      "model.test.conf:15: unknown key");
            });
  }

  @Test
  void aModelThatLooksFurtherBackThanItSaysIsCaughtAndToldHowFar() {
    // 40 days lie between the prices, and the model says that it looks 30 days back.
    ModelReport report = run("30 days back", BEFORE, prices(40, 4));
    Comparison comparison = report.models().get(0).comparisons().get(0);
    assertThat(comparison.equal()).isFalse();
    assertThat(comparison.differences().get(0))
        .startsWith(
            "2024-02-10, made alone (with `reads = \"30 days back\"`): before is NULL, expected"
                + " 1 over everything")
        .endsWith("`reads` is too small: for this date it takes reads = \"40 days back\"");
    assertThat(report.exitCode()).isEqualTo(ExitCode.GATE_FAILED);
  }

  @Test
  void aLagOverMoreThanThirtyDaysIsTheSameDateByDateAndInAnyOrderOfArrival() {
    ModelReport report = run("33 days back", BEFORE, prices(33, 7));
    Comparison comparison = report.models().get(0).comparisons().get(0);
    assertThat(comparison.differences()).isEmpty();
    assertThat(comparison.dates()).isEqualTo(7);
  }

  @Test
  void aModelThatLooksAheadIsToldToReadAll() {
    ModelReport report = run("30 days back", BEFORE.replace("lag", "lead"), prices(1, 3));
    assertThat(report.models().get(0).comparisons().get(0).differences().get(0))
        .contains("declare reads = all");
  }

  /** So many prices of one security, so many days apart, counted from 1; expects nothing wrong. */
  private static String prices(int daysApart, int count) {
    StringBuilder given = new StringBuilder("as_of_date | security_id | price\n");
    StringBuilder expect = new StringBuilder("as_of_date | before\n");
    for (int i = 0; i < count; i++) {
      LocalDate date = LocalDate.of(2024, 1, 1).plusDays((long) i * daysApart);
      given.append(date).append(" | A | ").append(i + 1).append('\n');
      expect.append(date).append(" | ").append(i == 0 ? "" : i).append('\n');
    }
    return "cases.all { given.stg_prices = \"\"\"%s\"\"\", expect = \"\"\"%s\"\"\" }"
        .formatted(given, expect);
  }

  private ModelReport run(String reads, String sql, String cases) {
    try {
      Files.writeString(folder.resolve("model.sql"), sql);
      Files.writeString(folder.resolve("model.test.conf"), cases);
      Path conf =
          Files.writeString(
              folder.resolve("cases.conf"),
              CONF.replace("READS", reads.equals("none") ? reads : '"' + reads + '"'));
      Pipeline pipeline =
          PipelineLoader.load(new LoadRequest(conf, Optional.empty(), List.of(), folder))
              .pipeline();
      return ModelTests.run(SparkForTests.session(), pipeline, List.of(), false);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
