package io.sluice.workbook;

import static io.sluice.workbook.Books.HEADER;
import static io.sluice.workbook.Books.ONE;
import static io.sluice.workbook.Books.TWO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.sluice.config.SheetChoice.By;
import io.sluice.config.Source;
import io.sluice.error.Reason;
import io.sluice.error.SluiceException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.poi.ss.usermodel.Workbook;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SheetChoiceTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"book.xlsx", "book.xls"})
  void aSheetIsChosenByAPatternOfItsWholeName(String name) throws IOException {
    Path file = Books.write(folder, name, SheetChoiceTest::fourSheets);

    assertThat(rows(file, By.PATTERN, "Holdings \\d{4}")).containsExactly("Holdings 2024!2: b|2");
  }

  @Test
  void aPatternThatTwoVisibleSheetsMatchIsRefused() throws IOException {
    Path file = Books.write(folder, "book.xlsx", SheetChoiceTest::fourSheets);

    SluiceException refusal = refusal(file, By.PATTERN, "Holdings.*");

    assertThat(refusal.reason()).isEqualTo(Reason.SHEET_AMBIGUOUS);
    assertThat(refusal.why()).endsWith("'Holdings 2024', 'Holdings old'");
    assertThat(refusal.place().orElseThrow().sheet()).isEqualTo("Holdings old");
  }

  @Test
  void aPatternDoesNotFindAHiddenSheet() throws IOException {
    Path file = Books.write(folder, "book.xlsx", SheetChoiceTest::fourSheets);

    SluiceException refusal = refusal(file, By.PATTERN, "Secret");

    assertThat(refusal.reason()).isEqualTo(Reason.SHEET_MISSING);
    assertThat(refusal.why()).contains("'Secret' (hidden)");
  }

  @Test
  void aHiddenSheetIsReadIfItIsNamed() throws IOException {
    Path file = Books.write(folder, "book.xlsx", SheetChoiceTest::fourSheets);

    assertThat(rows(file, By.NAME, "secret")).containsExactly("Secret!2: a|1.5");
  }

  @ParameterizedTest
  @ValueSource(strings = {"book.xlsx", "book.xls"})
  void aPositionCountsTheVisibleSheets(String name) throws IOException {
    Path file = Books.write(folder, name, SheetChoiceTest::fourSheets);

    assertThat(rows(file, By.INDEX, "2")).containsExactly("Holdings old!2: a|1.5");
    SluiceException refusal = refusal(file, By.INDEX, "4");
    assertThat(refusal.reason()).isEqualTo(Reason.SHEET_MISSING);
    assertThat(refusal.problem()).isEqualTo("in/" + name + " has no visible sheet number 4");
  }

  @ParameterizedTest
  @ValueSource(strings = {"book.xlsx", "book.xls"})
  void everyVisibleSheetLandsWithItsNameAndItsOwnLayout(String name) throws IOException {
    Path file = Books.write(folder, name, SheetChoiceTest::fourSheets);

    try (WorkbookTable table = Books.open(file, source(By.EVERY_VISIBLE, ""))) {
      assertThat(table.layout().sheet()).isEqualTo("Holdings 2024");
      assertThat(Books.rows(table))
          .containsExactly(
              "Holdings 2024!2: b|2",
              "Holdings old!2: a|1.5",
              "Shuffled!3: c|3",
              "Shuffled!4: d|null");
      assertThat(table.layouts())
          .extracting(TableLayout::sheet, TableLayout::headerRow, TableLayout::addresses)
          .containsExactly(
              tuple("Holdings 2024", 1, List.of("A", "B")),
              tuple("Holdings old", 1, List.of("A", "B")),
              tuple("Shuffled", 2, List.of("B", "A")));
      assertThat(table.counts()).isEqualTo(new RowCounts(8, 4, 1, 3, 0, 0, 0, 0));
    }
  }

  @Test
  void aVisibleSheetWithoutTheTableRefusesTheFile() throws IOException {
    Path file =
        Books.write(
            folder,
            "book.xlsx",
            book -> {
              Books.fill(book.createSheet("Holdings"), HEADER, ONE);
              Books.fill(book.createSheet("Notes"), new Object[] {"Mind the gap"});
            });

    SluiceException refusal = refusal(file, By.EVERY_VISIBLE, "");

    assertThat(refusal.reason()).isEqualTo(Reason.HEADER_MISSING);
    assertThat(refusal.place().orElseThrow().sheet()).isEqualTo("Notes");
  }

  @Test
  void anEmptyTableAmongSeveralSheetsRefusesTheFile() throws IOException {
    Path file =
        Books.write(
            folder,
            "book.xlsx",
            book -> {
              Books.fill(book.createSheet("Holdings"), HEADER, ONE);
              Books.fill(book.createSheet("Empty"), HEADER);
            });
    Source source = source(By.EVERY_VISIBLE, "");

    try (WorkbookTable table = Books.open(file, source)) {
      SluiceException refusal =
          catchThrowableOfType(SluiceException.class, () -> Books.rows(table));
      assertThat(refusal.reason()).isEqualTo(Reason.EMPTY);
      assertThat(refusal.place().orElseThrow().sheet()).isEqualTo("Empty");
    }
  }

  @Test
  void ofTwoNamesThatDifferInBlanksAloneTheExactOneIsMeant() throws IOException {
    Path file =
        Books.write(
            folder,
            "book.xlsx",
            book -> {
              Books.fill(book.createSheet("My  Holdings"), HEADER, ONE);
              Books.fill(book.createSheet("My Holdings"), HEADER, TWO);
            });

    assertThat(rows(file, By.NAME, "My Holdings")).containsExactly("My Holdings!2: b|2");
    assertThat(refusal(file, By.NAME, "MY HOLDINGS").reason()).isEqualTo(Reason.SHEET_AMBIGUOUS);
  }

  private static void fourSheets(Workbook book) {
    Books.fill(book.createSheet("Secret"), HEADER, ONE);
    Books.fill(book.createSheet("Holdings 2024"), HEADER, TWO);
    Books.fill(book.createSheet("Holdings old"), HEADER, ONE);
    Books.fill(
        book.createSheet("Shuffled"),
        new Object[] {"A title"},
        new Object[] {"Value", "ID"},
        new Object[] {3, "c"},
        new Object[] {null, "d"});
    book.setSheetHidden(0, true);
    book.setActiveSheet(1);
  }

  private static Source source(By by, String argument) {
    return Books.source(Books.sheet(by, argument));
  }

  private static List<String> rows(Path file, By by, String argument) {
    return Books.rows(file, source(by, argument));
  }

  private static SluiceException refusal(Path file, By by, String argument) {
    return Books.refusal(file, source(by, argument));
  }
}
