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
