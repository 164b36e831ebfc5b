package io.sluice.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class ParseBenchmarkTest {
  @Test
  void everyCellOfTheGeneratedWorkbookIsReadAndEveryRoundCounted() throws IOException {
    List<ParseBenchmark.Line> lines = new ParseBenchmark(500, 12).run(3);
    assertThat(lines)
        .extracting(ParseBenchmark.Line::way)
        .containsExactly("Sluice", "inflating only", "fastexcel-reader");
    assertThat(lines.get(0).result()).isEqualTo(6_000);
    assertThat(lines.get(2).result()).isEqualTo(6_000);
    assertThat(lines)
        .allMatch(
            line ->
                line.fastestMillis() <= line.medianMillis()
                    && line.medianMillis() <= line.slowestMillis());
  }
}
