package io.sluice.workbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sluice.config.AboveCell;
import io.sluice.config.Column;
import io.sluice.config.ColumnBuilder;
import io.sluice.config.Secret;
import io.sluice.config.Source;
import io.sluice.error.Reason;
import io.sluice.error.SluiceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.ss.usermodel.Sheet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sensitive cells of a sheet, hidden before anybody sees its rows, whoever reads them. */
class SensitiveTableTest {
  private static final String RAW = "078-05-1120";

  // As openssl dgst -sha256 -hmac says.
  private static final String HASH =
      "bb216494bd5e70ba7c97aa81c43f624198f08f265601a460dd5c812dda8f62c5";

  @TempDir Path folder;
  private Secret secret;

  @BeforeEach
  void writeKey() throws IOException {
    Path key = folder.resolve("key");
    Files.writeString(key, "a secret of more than sixteen characters");
    secret = new Secret("file:" + key);
  }

  @Test
  void rowsAndLayoutHaveTheHashOfWhatStandsInTheTableAndAboveIt() throws IOException {
    try (WorkbookTable table = open(book("Client:", RAW), "")) {
      List<BoundRow> rows = new java.util.ArrayList<>();
      table.rows().forEachRemaining(rows::add);
      assertThat(rows).hasSize(1);
      assertThat(rows.get(0).texts()).containsExactly(HASH, "a", HASH);
      assertThat(rows.get(0).kinds()).isEqualTo("sss");
      assertThat(table.layout().aboveTexts()).containsExactly(HASH);
      assertThat(table.layout().headers()).containsExactly("Client:", "ID", "Tax");
    }
  }

  @Test
  void anotherReadersTextsAreHiddenToo() throws IOException {
    Path file = book("Client:", RAW);
    Source source = Sources.of(columns()).build();
    SheetTexts texts =
        (workbook, sheet) ->
            List.of(new String[] {"ID", "Tax", "Mail"}, new String[] {"a", RAW, "x"}).iterator();
    try (WorkbookTable table = WorkbookTable.open(file, "in/book.xlsx", source, texts)) {
      assertThat(table.rows().next().texts()).containsExactly("a", HASH);
    }
  }

  @Test
  void refusalsOfACellAboveDoNotQuoteIt() throws IOException {
    for (String extract : new String[] {"", "No (.+)"}) {
      Path file =
          extract.isEmpty() ? book("Client:", RAW, "Client:", "other") : book("Client:", RAW);
      SluiceException refusal =
          catchThrowableOfType(SluiceException.class, () -> open(file, extract).close());
      assertThat(refusal.reason()).isEqualTo(Reason.ABOVE_INVALID);
      assertThat(refusal).message().contains("a sensitive text").doesNotContain(RAW, "other");
    }
  }

  private Path book(String... above) throws IOException {
    return Books.write(
        folder,
        "book.xlsx",
        workbook -> {
          Sheet sheet = workbook.createSheet("Data");
          fill(sheet.createRow(0), above);
          fill(sheet.createRow(1), "ID", "Tax", "Mail");
          fill(sheet.createRow(2), "a", RAW, "jane@example.com");
        });
  }

  private static void fill(Row row, String... texts) {
    for (int i = 0; i < texts.length; i++) {
      row.createCell(i).setCellValue(texts[i]);
    }
  }

  private WorkbookTable open(Path file, String extract) {
    AboveCell client = new AboveCell(hashed("client"), "Client", extract, "");
    return WorkbookTable.open(file, "in/book.xlsx", Sources.of(columns()).above(client).build());
  }

  private List<Column> columns() {
    return List.of(Sources.text("id", "ID"), hashed("tax", "Tax"));
  }

  private Column hashed(String name, String... headers) {
    return ColumnBuilder.text(name).headers(headers).required().hashKey(secret).build();
  }
}
