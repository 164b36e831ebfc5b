package io.sluice.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.SparkForTests;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("proof")
class BronzeBenchmarkTest {
  @Test
  void everyWayLandsEveryRow() throws IOException {
    SparkForTests.session();

    List<ParseBenchmark.Line> lines = new BronzeBenchmark(300, 8, 2).run(1);

    assertThat(lines)
        .extracting(ParseBenchmark.Line::way)
        .containsExactly("Sluice", "spark-excel, streaming", "spark-excel, default");
    assertThat(lines).extracting(ParseBenchmark.Line::result).containsOnly(300L);
  }
}
