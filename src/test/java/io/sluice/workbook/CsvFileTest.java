package io.sluice.workbook;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.config.ColumnType;
import io.sluice.config.Source;
import io.sluice.error.Reason;
import io.sluice.error.SluiceException;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CsvFileTest {
  private static final Source USUAL = Sources.of(Books.COLUMNS).build();

  @TempDir Path folder;

  @Test
  void aTableIsFoundByItsHeaderUnderTheLinesAboveIt() throws IOException {
    Source source =
        Sources.of(Books.COLUMNS)
            .above(Sources.above("day", ColumnType.Kind.DATE, "As of", ""))
            .build();
    Path file = csv("As of:,2024-01-15\n\nvalue, ID \n1.50,\"a, \"\"b\"\"\nc\"\n,\n2,-\n");
    try (WorkbookTable table = Books.open(file, source)) {
      assertThat(Books.rows(table))
          .containsExactly("csv!4: 2024-01-15|a, \"b\"\nc|1.50", "csv!6: 2024-01-15|-|2");
      assertThat(table.layout().addresses()).containsExactly("B1", "B", "A");
      assertThat(table.counts().sheetRows()).isEqualTo(6);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n", "\r"})
  void anyLineEndAndAByteOrderMarkWillDo(String end) throws IOException {
    Path file = csv("\uFEFFID,Value" + end + "#a,1" + end + "b,2");
    assertThat(Books.rows(file, USUAL)).containsExactly("csv!2: #a|1", "csv!3: b|2");
  }

  @Test
  void delimiterAndCharacterSetAreTheDeclaredOnes() throws IOException {
    Path file = folder.resolve("in.CSV");
    Files.write(file, "ID;Value\nGröße, 1;1,5\n".getBytes(Charset.forName("windows-1252")));
    Source declared = Sources.of(Books.COLUMNS).csv(";", "windows-1252").build();
    assertThat(Books.rows(file, declared)).containsExactly("csv!2: Größe, 1|1,5");

    SluiceException refusal =
        Books.refusal(file, Sources.of(Books.COLUMNS).csv(";", "UTF-8").build());
    assertThat(refusal.reason()).isEqualTo(Reason.FILE_UNREADABLE);
    assertThat(refusal.why()).isEqualTo("line 2 has bytes that UTF-8 has not");
    assertThat(refusal.remedy()).contains("csv.charset");
  }

  @Test
  void bytesOfAnotherCharacterSetFarDownAreNeverTakenForTheEnd() throws IOException {
    StringBuilder lines = new StringBuilder("ID,Value\n");
    for (int i = 0; i < 400_000; i++) {
      lines.append("a,1\r\n");
    }
    Path file = folder.resolve("in.csv");
    Files.write(file, lines.append("\u00fc,1\n").toString().getBytes(StandardCharsets.ISO_8859_1));
    SluiceException refusal = Books.refusal(file, USUAL);
    assertThat(refusal.reason()).isEqualTo(Reason.FILE_UNREADABLE);
    assertThat(refusal.why()).isEqualTo("line 400,002 has bytes that UTF-8 has not");
  }

  @ParameterizedTest
  @CsvSource({"UTF-8, windows-1252", "UTF-16LE, UTF-8", "UTF-16BE, UTF-16LE"})
  void aByteOrderMarkOfAnotherCharacterSetRefusesTheFile(String written, String declared)
      throws IOException {
    Path file = folder.resolve("in.csv");
    Files.write(file, "\uFEFFID,Value\na,1\n".getBytes(Charset.forName(written)));
    SluiceException refusal =
        Books.refusal(file, Sources.of(Books.COLUMNS).csv(",", declared).build());
    assertThat(refusal.reason()).isEqualTo(Reason.FILE_UNREADABLE);
    assertThat(refusal.why())
        .isEqualTo("it begins with the mark of " + written + ", and is declared to be " + declared);
  }

  @ParameterizedTest
  @CsvSource({"UTF-16LE, UTF-16", "UTF-16LE, UTF-16LE", "UTF-16BE, UTF-16"})
  void theByteOrderMarkOfTheDeclaredCharacterSetIsNoText(String written, String declared)
      throws IOException {
    Path file = folder.resolve("in.csv");
    Files.write(file, "\uFEFFID,Value\na,1\n".getBytes(Charset.forName(written)));
    assertThat(Books.rows(file, Sources.of(Books.COLUMNS).csv(",", declared).build()))
        .containsExactly("csv!2: a|1");
  }

  @Test
  void anotherDelimiterIsNamedAmongWhatMayBeWrong() throws IOException {
    SluiceException refusal = Books.refusal(csv("ID;Value\na;1\n"), USUAL);
    assertThat(refusal.reason()).isEqualTo(Reason.HEADER_MISSING);
    assertThat(refusal.remedy()).contains("csv.delimiter");
  }

  @Test
  void aRowWithMoreCellsThanASheetHasIsNamedAsSuch() throws IOException {
    String row = "a" + ",".repeat(CellAddress.MOST_COLUMNS - 1);
    assertThat(Books.rows(csv("ID,Value\n" + row), USUAL)).containsExactly("csv!2: a|null");
    SluiceException refusal = Books.refusal(csv("ID,Value\n" + row + ","), USUAL);
    assertThat(refusal.reason()).isEqualTo(Reason.FILE_UNREADABLE);
    assertThat(refusal.why()).contains("row 2 has more than 16,384 cells");
  }

  @Test
  void aCellWithMoreCharactersThanASheetsHasIsNamedAsSuch() throws IOException {
    String most = "a".repeat(32_767);
    assertThat(Books.rows(csv("ID,Value\n" + most + ",1"), USUAL)).hasSize(1);
    SluiceException refusal = Books.refusal(csv("ID,Value\n" + most + "a,1"), USUAL);
    assertThat(refusal.why()).contains("a cell has more than 32,767 characters");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ID,Value\na\"b,1\n\"a\"b,2\n",
        "ID,Value\na,1\n\"b,2\nc,3\n",
        "ID,Value\na,1\nb,\"2",
        "ID,Value\n\"a\" ,\"1\"x\nb,2\n"
      })
  void whatIsNoCsvIsRefused(String text) throws IOException {
    SluiceException refusal = Books.refusal(csv(text), USUAL);
    assertThat(refusal.reason()).isEqualTo(Reason.FILE_UNREADABLE);
    assertThat(refusal.why()).contains("a quote is not closed");
  }

  @Test
  void aTextUnderAnotherNameIsNoTable() throws IOException {
    Path file = Files.writeString(folder.resolve("in.xlsx"), "ID,Value\na,1\n");
    assertThat(Books.refusal(file, USUAL).reason()).isEqualTo(Reason.NOT_A_WORKBOOK);
  }

  private Path csv(String text) throws IOException {
    return Files.write(folder.resolve("in.csv"), text.getBytes(StandardCharsets.UTF_8));
  }
}
