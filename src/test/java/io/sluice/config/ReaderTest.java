package io.sluice.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReaderTest {
  private static final String FILES = "files = \"holdings/*.xlsx\"";
  private static final String OTHER = "\nreader = spark-excel\n";

  private static final String ABOVE = "above { as_of_date { label = \"As of\", type = date } }";

  @TempDir Path folder;

  @Test
  void sluiceReadsUnlessTheSourceSaysOtherwise() {
    Source source =
        Pipelines.in(folder).load(Pipelines.CORRECT).pipeline().sources().get("holdings");

    assertThat(source.reader()).isEqualTo(Source.Reader.SLUICE);
  }

  @Test
  void sparkExcelTakesRowOneForTheHeader() {
    Source source =
        Pipelines.in(folder).load(withoutAbove("")).pipeline().sources().get("holdings");

    assertThat(source.reader()).isEqualTo(Source.Reader.SPARK_EXCEL);
    assertThat(source.layout().headerRow()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "range = { table = \"T\" }",
        "header-within = 10",
        "header.row = 2",
        "header.rows = 2",
        "hidden-rows = skip",
        "hidden-columns = skip",
        "merged = fill",
        "table-end.at-blank-row = true",
        "keep-unknown = true",
        "drift.unknown = add-nullable",
        "password = \"env:BOOK\""
      })
  void whatSparkExcelCannotGiveIsAMistake(String written) {
    assertThat(Pipelines.in(folder).mistakes(withoutAbove(written)))
        .singleElement()
        .asString()
        .contains(", which spark-excel cannot give; leave it out or take reader = sluice");
  }

  @Test
  void cellsAboveTheTableAreAMistakeToo() {
    assertThat(Pipelines.in(folder).mistakesAfter(FILES, FILES + OTHER))
        .singleElement()
        .asString()
        .contains("above asks for cells above the table, which spark-excel cannot give");
  }

  private static String withoutAbove(String written) {
    return Pipelines.CORRECT
        .replace(FILES, FILES + OTHER + written)
        .replace(ABOVE, "")
        .replace("columns {", "columns {\n as_of_date { type = date, required = true }");
  }
}
