package io.sluice.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.SparkForTests;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("proof")
class GoldBenchmarkTest {
  @Test
  void everyDayIsMadeIntoFacts() throws IOException {
    SparkForTests.session();

    List<ParseBenchmark.Line> lines = new GoldBenchmark(600, 20, 50, 10).run(2, 1);

    assertThat(lines)
        .extracting(ParseBenchmark.Line::way)
        .containsExactly(
            "one day after 2", "one day after 20", "one security, 10 days back", "all of 20 days");
    assertThat(lines).extracting(ParseBenchmark.Line::result).allMatch(rows -> rows >= 30);
  }
}
