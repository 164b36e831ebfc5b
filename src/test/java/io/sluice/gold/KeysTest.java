package io.sluice.gold;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.SparkForTests;
import java.time.LocalDate;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class KeysTest {
  /** XXH64 with seed 42 of the text 9:037833100, computed outside of Spark. */
  private static final long DURABLE = 5802316993179440004L;

  /** The same of 9:037833100@2024-01-15. */
  private static final long LATER = 6312669902087000931L;

  @Test
  void keysAreTheSameForEver() {
    Dataset<Row> one = Tables.table("id string", "037833100");
    assertThat(value(one, Keys.durable(List.of("id")))).isEqualTo(DURABLE);
    assertThat(value(one, Keys.surrogate(List.of("id"), lit(LocalDate.of(2024, 1, 15)))))
        .isEqualTo(LATER);
  }

  @Test
  void theFirstVersionHasTheDurableKey() {
    Dataset<Row> one = Tables.table("id string", "037833100");
    Long durable = value(one, Keys.durable(List.of("id")));
    assertThat(value(one, Keys.surrogate(List.of("id"), lit(Keys.BEGINNING)))).isEqualTo(durable);
    assertThat(value(one, Keys.surrogate(List.of("id"), lit(null).cast("date"))))
        .isEqualTo(durable);
  }

  @Test
  void partsOfAKeyDoNotRunIntoEachOther() {
    Dataset<Row> pairs =
        Tables.table("a string, b string", "a | bc", "ab | c", "a1:b | c", "a | 1:bc");
    assertThat(pairs.select(Keys.durable(List.of("a", "b"))).distinct().count()).isEqualTo(4);
  }

  @Test
  void aNullInTheKeyGivesNoKey() {
    Dataset<Row> pairs = Tables.table("a string, b string", "a | ");
    assertThat(value(pairs, Keys.durable(List.of("a", "b")))).isNull();
    assertThat(value(pairs, Keys.surrogate(List.of("a", "b"), lit(LocalDate.EPOCH)))).isNull();
  }

  @Test
  void keysOfManyMembersAndVersionsDiffer() {
    long different =
        SparkForTests.session()
            .range(20_000)
            .selectExpr(
                "cast(id as string) as id", "date_add(date'2024-01-01', cast(id % 7 as int)) d")
            .select(
                Keys.durable(List.of("id")).as("key"),
                Keys.surrogate(List.of("id"), col("d")).as("later"))
            .selectExpr("explode(array(key, later)) as key")
            .distinct()
            .count();
    assertThat(different).isEqualTo(40_000);
  }

  @Test
  void columnsAreNamedAfterTheDimension() {
    assertThat(Keys.surrogateName("dim_security")).isEqualTo("security_key");
    assertThat(Keys.durableName("dim_security")).isEqualTo("security_durable_key");
    assertThat(Keys.surrogateName("funds")).isEqualTo("funds_key");
  }

  private static Long value(Dataset<Row> rows, Column column) {
    Row row = rows.select(column).collectAsList().get(0);
    return row.isNullAt(0) ? null : row.getLong(0);
  }
}
