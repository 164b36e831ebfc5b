package io.sluice.workbook;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.config.Order;
import io.sluice.config.Source;
import io.sluice.config.SourceBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FilePartTest {
  private static final Source BY_NAME =
      SourceBuilder.source("s")
          .order(new Order(Order.By.NAME_PATTERN, "_v(\\d+)"))
          .deliveries("_part(\\d+)(?:of(\\d+))?", "")
          .build();

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "in/h_part1.xlsx,in/h_part1.xlsx,\"\",0,\"\"",
        "in/h_part02of11.xlsx,in/h.xlsx,2,11,2/11",
        "in/h_v3_part2of3.xlsx,in/h.xlsx,2,3,2/3",
        "in/h_v3.xlsx,in/h.xlsx,\"\",0,\"\"",
        "in/part1.xlsx,in/part1.xlsx,\"\",0,\"\"",
      })
  void isCutOutOfThePathWithTheVersion(
      String uri, String delivery, String number, int of, String text) {
    FilePart part = FilePart.of(BY_NAME, uri);

    assertThat(part).isEqualTo(new FilePart(delivery, number, of));
    assertThat(part.text()).isEqualTo(text);
  }

  @Test
  void needsNoCountWhereAManifestSaysHowManyThereAre() {
    Source source = SourceBuilder.source("s").deliveries("_part(\\d+)", "{stem}.json").build();

    assertThat(FilePart.of(source, "in/h_part1.xlsx")).isEqualTo(new FilePart("in/h.xlsx", "1", 0));
  }

  @ParameterizedTest
  @CsvSource({"in/h_part1.xlsx", "in/h_v2.xlsx"})
  void isNothingWhereASourceHasNoParts(String uri) {
    assertThat(FilePart.of(SourceBuilder.source("s").build(), uri))
        .isEqualTo(new FilePart(uri, "", 0));
  }
}
