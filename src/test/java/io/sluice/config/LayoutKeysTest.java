package io.sluice.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.config.Layout.Hidden;
import io.sluice.config.Layout.Merged;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LayoutKeysTest {
  private static final String FILES = "files = \"holdings/*.xlsx\"";
  private static final String LABEL = "{ label = \"As of\", type = date }";

  @TempDir Path folder;

  @Test
  void theUsualLayoutIsTheDefault() {
    assertThat(source("").layout()).isEqualTo(Layout.of("", 50));
    assertThat(source("").end()).isEqualTo(new TableEnd(false, "", "", List.of()));
  }

  @ParameterizedTest
  @CsvSource({
    "' Holdings ', NAME, ' Holdings '",
    "{ pattern = 'Holdings.*' }, PATTERN, Holdings.*",
    "{ index = 2 }, INDEX, 2",
    "{ every = visible }, EVERY_VISIBLE, ''"
  })
  void aSheetIsNamedMatchedCountedOrEveryOne(String written, SheetChoice.By by, String argument) {
    String sheet = written.startsWith("{") ? written.replace('\'', '"') : quoted(written);
    assertThat(source("sheet = " + sheet).layout().sheet())
        .isEqualTo(new SheetChoice(by, argument));
  }

  @Test
  void everyKeyOfALayoutIsRead() {
    Source source =
        source(
            """
            range = { table = "Holdings" }
            header-within = 5
            header { rows = 2 }
            hidden-rows = skip
            hidden-columns = skip
            merged = fill
            table-end { at-blank-row = true, totals = "Total", footer = "Source.*", control = price }
            """);

    assertThat(source.layout())
        .isEqualTo(
            LayoutBuilder.layout()
                .range(new TableRange(TableRange.By.TABLE, "Holdings"))
                .headerWithin(5)
                .header(0, 2)
                .hidden(Hidden.SKIP, Hidden.SKIP)
                .merged(Merged.FILL)
                .build());
    assertThat(source.end()).isEqualTo(new TableEnd(true, "Total", "Source.*", List.of("price")));
    assertThat(source("header.row = 7").layout().headerRow()).isEqualTo(7);
  }

  @Test
  void aValueMayStandInThePathAloneOrBesideItsCell() {
    Pipelines pipelines = Pipelines.in(folder);
    Source alone =
        pipelines
            .load(Pipelines.CORRECT.replace(LABEL, "{ path = hive, type = date }"))
            .pipeline()
            .sources()
            .get("holdings");
    assertThat(alone.above().get(0).label()).isEmpty();
    assertThat(alone.paths()).containsExactly(new PathValue("as_of_date", "hive"));
    assertThat(
            pipelines
                .load(Pipelines.CORRECT.replace(LABEL, LABEL.replace("}", ", path = \"_(.+)_\" }")))
                .pipeline()
                .sources()
                .get("holdings")
                .paths())
        .containsExactly(new PathValue("as_of_date", "_(.+)_"));

    assertThat(pipelines.mistakesAfter(LABEL, "{ path = hiv, type = date }"))
        .singleElement()
        .asString()
        .contains("did you mean hive?");
    assertThat(pipelines.mistakesAfter(LABEL, "{ path = hive, type = date, sensitive = drop }"))
        .anyMatch(mistake -> mistake.contains("nothing sensitive may stand in them"));
  }

  @Test
  void anEmptyTableClearsOnlyASliceKnownFromAbove() {
    assertThat(source("").empty()).isEqualTo(Source.Empty.REFUSE);
    assertThat(Pipelines.in(folder).mistakesAfter(FILES, FILES + ", empty = clear"))
        .singleElement()
        .asString()
        .contains("does not tell portfolio_id of its slice");
  }

  @Test
  void aCellAboveHasALabelOrAnAddress() {
    Pipelines pipelines = Pipelines.in(folder);
    LoadedPipeline loaded =
        pipelines.load(Pipelines.CORRECT.replace(LABEL, "{ cell = \"$b$2\", type = date }"));
    AboveCell cell = loaded.pipeline().sources().get("holdings").above().get(0);
    assertThat(cell.cell()).isEqualTo("B2");
    assertThat(cell.label()).isEmpty();

    assertThat(pipelines.mistakesAfter(LABEL, "{ type = date }"))
        .singleElement()
        .asString()
        .contains("exactly one of them says where the value stands");
    assertThat(pipelines.mistakesAfter(LABEL, "{ label = \"As of\", cell = B2, type = date }"))
        .hasSize(1);
    assertThat(pipelines.mistakesAfter(LABEL, "{ cell = \"2B\", type = date }"))
        .singleElement()
        .asString()
        .contains("the address of a cell such as B2");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "sheet = { patern = x }; did you mean pattern?",
        "sheet = { index = 0 }; must be a name, { pattern",
        "sheet = { every = hidden }; every is for visible sheets only",
        "range = { tabel = x }; did you mean table?",
        "range = Holdings; must be { table",
        "sheet = x, range = { name = y }; already says which sheet",
        "header.row = 2, range = { name = y }; holds its header",
        "table-end { totals = T, control = [cost] }; is not a column of the table",
        "table-end { totals = T, control = [security_id] }; is no number but string",
        "table-end { control = [price] }; needs a totals row"
      })
  void aMistakeInALayoutIsNamed(String written, String mistake) {
    assertThat(Pipelines.in(folder).mistakesAfter(FILES, FILES + "\n" + written))
        .singleElement()
        .asString()
        .contains(mistake);
  }

  private Source source(String written) {
    String content = Pipelines.CORRECT.replace(FILES, FILES + "\n" + written);
    return Pipelines.in(folder).load(content).pipeline().sources().get("holdings");
  }

  private static String quoted(String text) {
    return '"' + text + '"';
  }
}
