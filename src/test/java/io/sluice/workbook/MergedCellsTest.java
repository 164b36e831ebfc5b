package io.sluice.workbook;

import static io.sluice.workbook.Books.HEADER;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.config.Layout.Merged;
import io.sluice.config.Source;
import io.sluice.config.TableEnd;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.poi.ss.usermodel.Sheet;
import org.apache.poi.ss.usermodel.Workbook;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MergedCellsTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"book.xlsx", "book.xls"})
  void aMergedValueIsReadInItsFirstCellAloneAndANoteSaysSo(String name) throws IOException {
    Path file = Books.write(folder, name, MergedCellsTest::groups);
    Source source = Books.source(Books.merged(Merged.FIRST));

    assertThat(Books.rows(file, source))
        .containsExactly(
            "Data!2: a|1", "Data!3: null|2", "Data!4: null|3", "Data!5: b|null", "Data!6: c|5");
    assertThat(Books.notes(file, source))
        .containsExactly(
            "Sheet 'Data': cells are merged in the table: A2:A4 and 1 more;"
                + " the value was read in the first cell alone");
  }

  @ParameterizedTest
  @ValueSource(strings = {"book.xlsx", "book.xls"})
  void aMergedValueFillsItsRangeWhereDeclared(String name) throws IOException {
    Path file = Books.write(folder, name, MergedCellsTest::groups);

    try (WorkbookTable table = Books.open(file, Books.source(Books.merged(Merged.FILL)))) {
      assertThat(Books.rows(table))
          .containsExactly(
              "Data!2: a|1", "Data!3: a|2", "Data!4: a|3", "Data!5: b|b", "Data!6: c|5");
      assertThat(table.notes()).isEmpty();
    }
  }

  @Test
  void aRowWithNothingOfItsOwnStaysBlankThoughAMergedRangeReachesIt() throws IOException {
    Path file =
        Books.write(
            folder,
            "book.xlsx",
            book -> {
              Sheet sheet = book.createSheet("Data");
              Books.fill(sheet, HEADER, new Object[] {"a", 1}, new Object[] {}, Books.TWO);
              Books.merge(sheet, "A2:A3");
            });
    Source source =
        Sources.of(Books.COLUMNS)
            .layout(Books.merged(Merged.FILL))
            .end(new TableEnd(true, "", "", List.of()))
            .build();

    assertThat(Books.rows(file, source)).containsExactly("Data!2: a|1");
  }

  @Test
  void rangesOutsideOfTheTableAreNoMatter() throws IOException {
    Path file =
        Books.write(
            folder,
            "book.xlsx",
            book -> {
              Sheet sheet = book.createSheet("Data");
              Books.fill(
                  sheet,
                  new Object[] {"A title"},
                  HEADER,
                  Books.ONE,
                  new Object[] {},
                  new Object[] {null, null, "a remark"});
              Books.merge(sheet, "A1:C1");
              Books.merge(sheet, "C5:D9");
              Books.merge(sheet, "A8:B9");
            });

    assertThat(Books.notes(file, Books.source(Books.merged(Merged.FIRST)))).isEmpty();
    assertThat(Books.rows(file, Books.source(Books.merged(Merged.FILL))))
        .containsExactly("Data!3: a|1.5");
  }

  private static void groups(Workbook book) {
    Sheet sheet = book.createSheet("Data");
    Books.fill(
        sheet,
        HEADER,
        new Object[] {"a", 1},
        new Object[] {null, 2},
        new Object[] {null, 3},
        new Object[] {"b"},
        new Object[] {"c", 5});
    Books.merge(sheet, "A2:A4");
    Books.merge(sheet, "A5:B5");
  }
}
