package io.sluice;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StackBootsTest {
  @TempDir Path folder;

  @Test
  void deltaWritesAndReads() {
    SparkSession spark = SparkForTests.session();
    String table = folder.resolve("table").toString();
    spark.range(3).write().format("delta").save(table);
    assertThat(spark.read().format("delta").load(table).count()).isEqualTo(3);
  }
}
