package io.sluice.workbook;

import static io.sluice.workbook.Books.HEADER;
import static io.sluice.workbook.Books.ONE;
import static io.sluice.workbook.Books.TWO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sluice.config.AboveCell;
import io.sluice.config.ColumnType.Kind;
import io.sluice.config.PathValue;
import io.sluice.config.Source;
import io.sluice.error.Reason;
import io.sluice.error.SluiceException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PathValuesTest {
  private static final AboveCell LABELLED = Sources.above("as_of_date", Kind.DATE, "As of", "");
  private static final AboveCell IN_PATH = Sources.above("as_of_date", Kind.DATE, "", "");

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "in/year=2024/month=1/day=15/x.xlsx, hive",
    "in/year=2024/month=01/day=15/x.xlsx, date",
    "in/2024-01-15.xlsx, date",
    "in/year=2024/month=01/day=15/2024-01-15_P1.xlsx, date",
    "in/2024-01-15/x.xlsx, (\\d{4}-\\d{2}-\\d{2})",
    "in/x 2024 1 15.xlsx, x (\\d+) (\\d+) (\\d+)"
  })
  void aDateStandsInThePathOfTheFile(String path, String form) throws IOException {
    Path file = book(HEADER, ONE);

    try (WorkbookTable table = WorkbookTable.open(file, path, source(IN_PATH, form))) {
      assertThat(Books.rows(table)).containsExactly("Data!2: 2024-01-15|a|1.5");
      assertThat(table.layout().addresses()).containsExactly("", "A", "B");
      assertThat(table.layout().headers()).containsExactly("path", "ID", "Value");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "in/x.xlsx, ABOVE_MISSING",
    "in/2024-02-30.xlsx, ABOVE_INVALID",
    "in/2024-01-15/2024-01-16.xlsx, DATE_DISAGREES"
  })
  void aPathThatDoesNotTellTheDateRefusesTheFile(String path, Reason reason) throws IOException {
    SluiceException refusal = refusal(book(HEADER, ONE), path, source(IN_PATH, "date"));

    assertThat(refusal.reason()).isEqualTo(reason);
    assertThat(refusal.problem()).contains(path);
  }

  @Test
  void theCellAboveTheTableMustSayTheSame() throws IOException {
    Path file = book(new Object[] {"As of", "2024-01-15"}, HEADER, ONE);
    Source source = source(LABELLED, "date");

    assertThat(rows(file, "in/2024-01-15.xlsx", source))
        .containsExactly("Data!3: 2024-01-15|a|1.5");
    assertThat(rows(file, "in/x.xlsx", source)).containsExactly("Data!3: 2024-01-15|a|1.5");
    SluiceException refusal = refusal(file, "in/2024-01-16.xlsx", source);
    assertThat(refusal.reason()).isEqualTo(Reason.DATE_DISAGREES);
    assertThat(refusal.problem())
        .isEqualTo(
            "in/2024-01-16.xlsx says '2024-01-16' in its path and '2024-01-15' in sheet 'Data',"
                + " cell B1");
    assertThat(refusal.place().orElseThrow().cell()).isEqualTo("B1");
  }

  @Test
  void everyRowOfAColumnMustSayTheSame() throws IOException {
    Path file = book(HEADER, ONE, ONE, new Object[] {null, 3}, TWO);
    Source source = source(List.of(), new PathValue("id", "/(.)\\.xlsx"));

    assertThat(rows(file, "in/other.xlsx", source)).hasSize(4);
    SluiceException refusal = refusal(file, "in/a.xlsx", source);
    assertThat(refusal.reason()).isEqualTo(Reason.DATE_DISAGREES);
    assertThat(refusal.problem())
        .isEqualTo("in/a.xlsx says 'a' in its path and 'b' in sheet 'Data', cell A5");
  }

  private Path book(Object[]... rows) throws IOException {
    return Books.write(folder, "x.xlsx", book -> Books.fill(book.createSheet("Data"), rows));
  }

  private static List<String> rows(Path file, String path, Source source) {
    try (WorkbookTable table = WorkbookTable.open(file, path, source)) {
      return Books.rows(table);
    }
  }

  private static SluiceException refusal(Path file, String path, Source source) {
    return catchThrowableOfType(SluiceException.class, () -> rows(file, path, source));
  }

  private static Source source(AboveCell above, String form) {
    return source(List.of(above), new PathValue("as_of_date", form));
  }

  private static Source source(List<AboveCell> above, PathValue path) {
    return Sources.of(Books.COLUMNS).above(above).paths(path).build();
  }
}
