package io.sluice.workbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.sluice.config.AboveCell;
import io.sluice.config.ColumnBuilder;
import io.sluice.config.ColumnType;
import io.sluice.config.Drift;
import io.sluice.config.Drift.Policy;
import io.sluice.config.Secret;
import io.sluice.config.Source;
import io.sluice.config.SourceBuilder;
import io.sluice.error.Reason;
import io.sluice.error.SluiceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of cells under headers that the contract does not name. */
class UnknownCellsTest {
  private static final Drift ADDING =
      new Drift(Policy.ADD_NULLABLE, Policy.WARN, Policy.WARN, Policy.FAIL);

  @TempDir Path folder;

  @Test
  void whereTheyAreNotKeptHeaderAndCountAreNoted() throws IOException {
    Path file =
        book(
            new Object[] {"ID", "Note", "Value", "Desk"},
            new Object[] {"a", "x", 1},
            new Object[] {"b", "  ", 2, "d"},
            new Object[] {"c", "y", 3});
    try (WorkbookTable table = Books.open(file, usual().build())) {
      assertThat(unknown(table)).containsExactly("null", "null", "null");
      assertThat(table.notes())
          .containsExactly(
              "Headers that the contract does not name: B: Note (2 cells, not kept),"
                  + " D: Desk (1 cell, not kept)");
      assertThat(table.drift().get(0))
          .extracting(ColumnDrift::header, ColumnDrift::column, ColumnDrift::policy)
          .containsExactly(tuple("Note", "", "warn"), tuple("Desk", "", "warn"));
    }
  }

  @Test
  void keptTextsStandInTheSheetsOrderAsStored() throws IOException {
    Path file =
        book(
            new Object[] {"Wt", "ID", "Value", " Desk\nnote "},
            new Object[] {0.1, "a", 1, "=x"},
            new Object[] {null, "b", 2});
    try (WorkbookTable table = Books.open(file, usual().keepUnknown().build())) {
      assertThat(unknown(table)).containsExactly("[0.1, =x]", "null");
      assertThat(table.layout().unknown()).containsExactly("Wt", "Desk note");
      assertThat(table.notes())
          .containsExactly(
              "Headers that the contract does not name: A: Wt (1 cell, kept in bronze),"
                  + " D: Desk note (1 cell, kept in bronze)");
    }
  }

  @Test
  void aHeaderThatStandsTwiceIsNumberedFromTheLeft() throws IOException {
    Path file =
        book(
            new Object[] {"Note", "ID", "note", "Value", "NOTE #2", "No te", "no_te"},
            new Object[] {"1", "a", "2", 5, "3", "4", "5"});
    try (WorkbookTable table = Books.open(file, usual().keepUnknown().build())) {
      assertThat(unknown(table)).containsExactly("[1, 2, 3, 4, 5]");
      assertThat(table.layout().unknown())
          .containsExactly("Note", "note #3", "NOTE #2", "No te", "no_te #2");
    }
  }

  @Test
  void aBlankHeaderIsNone() throws IOException {
    Path file =
        book(new Object[] {"ID", "Value", " \u00a0 ", "Note"}, new Object[] {"a", 1, "x", "y"});
    try (WorkbookTable table = Books.open(file, usual().keepUnknown().build())) {
      assertThat(unknown(table)).containsExactly("[y]");
    }
  }

  @Test
  void whatMayBeASensitiveColumnUnderAnotherNameIsNeverKept() throws IOException {
    Path key = Files.writeString(folder.resolve("key"), "a secret of more than sixteen characters");
    Source source =
        usual()
            .columns(
                Sources.text("id", "ID"),
                Sources.decimal("value", "Value"),
                ColumnBuilder.text("iban")
                    .headers("IBAN")
                    .hashKey(new Secret("file:" + key))
                    .build())
            .dropped("Tax Number")
            .drift(ADDING)
            .build();
    Path file =
        book(
            new Object[] {
              "ID",
              "Value",
              " TAX\u00a0 number",
              "Tax No.",
              "\uff34ax number",
              "IBAN (client)",
              "Note",
              "IBAN"
            },
            new Object[] {"a", 1, "S1", "S2", "S3", "S4", "fine", "S5"});
    try (WorkbookTable table = Books.open(file, source)) {
      assertThat(unknown(table)).containsExactly("[fine]");
      assertThat(table.notes().toString())
          .contains("D: Tax No. (1 cell, not kept: it is like a sensitive one)")
          .contains("G: Note (1 cell, in silver as note)")
          .doesNotContain("TAX", "S1", "S2");
      assertThat(table.drift().get(0))
          .extracting(ColumnDrift::header, ColumnDrift::policy)
          .contains(tuple("Tax No.", "warn"), tuple("Note", "add-nullable"));
    }
  }

  @Test
  void nothingIsKeptOfASheetThatLacksASensitiveColumn() throws IOException {
    Path key = Files.writeString(folder.resolve("key"), "a secret of more than sixteen characters");
    Source hashing =
        usual()
            .columns(
                Sources.text("id", "ID"),
                ColumnBuilder.text("tax_number")
                    .headers("Tax number")
                    .hashKey(new Secret("file:" + key))
                    .build())
            .drift(ADDING)
            .build();
    Source dropping = usual().dropped("Tax number").keepUnknown().build();
    Path file = book(new Object[] {"ID", "Value", "TIN"}, new Object[] {"a", 1, "078-05-1120"});
    for (Source source : List.of(hashing, dropping)) {
      try (WorkbookTable table = Books.open(file, source)) {
        assertThat(unknown(table)).containsExactly("null");
        assertThat(table.layout().unknown()).isEmpty();
        assertThat(table.notes().toString())
            .contains(
                "C: TIN (1 cell, not kept: a sensitive column is missing, and this may be it)");
        assertThat(table.drift().get(0))
            .extracting(ColumnDrift::header, ColumnDrift::policy)
            .contains(tuple("TIN", "warn"))
            .doesNotContain(tuple("TIN", "add-nullable"));
      }
    }
  }

  @Test
  void whatIsSensitiveAboveTheTableIsNotKeptWhereItStandsInOneOfItsColumns() throws IOException {
    Path key = Files.writeString(folder.resolve("key"), "a secret of more than sixteen characters");
    Source source =
        usual()
            .above(
                new AboveCell(
                    ColumnBuilder.text("holder").hashKey(new Secret("file:" + key)).build(),
                    "Account of:",
                    "",
                    ""))
            .keepUnknown()
            .build();
    Path file =
        book(
            new Object[] {"Account of:", "someone"},
            new Object[] {"ID", "Value", "ACCOUNT OF", "holder_name", "Note"},
            new Object[] {"a", 1, "S1", "S2", "fine"});
    try (WorkbookTable table = Books.open(file, source)) {
      assertThat(unknown(table)).containsExactly("[fine]");
    }
  }

  @Test
  void missingRenamedAndRetypedColumnsThatPassAreToldOf() throws IOException {
    Drift all = new Drift(Policy.WARN, Policy.WARN, Policy.WARN, Policy.WARN);
    Source source =
        Sources.of(
                List.of(
                    Sources.text("id", "ID"),
                    Sources.decimal("value", "Value"),
                    Sources.decimal("price", "Price"),
                    Sources.column(
                        "sector", ColumnType.of(ColumnType.Kind.STRING), false, "Sector")))
            .drift(all)
            .build();
    List<Object[]> rows = new ArrayList<>();
    rows.add(new Object[] {"ID", "Value", "Price (EUR)"});
    IntStream.range(0, 10).forEach(i -> rows.add(new Object[] {"k" + i, "word", 1}));
    try (WorkbookTable table = Books.open(book(rows.toArray(Object[][]::new)), source)) {
      Books.rows(table);
      assertThat(table.drift().get(0))
          .extracting(ColumnDrift::kind, ColumnDrift::header, ColumnDrift::column)
          .containsExactly(
              tuple(ColumnDrift.Kind.RENAMED, "Price (EUR)", "price"),
              tuple(ColumnDrift.Kind.MISSING, "", "sector"),
              tuple(ColumnDrift.Kind.UNKNOWN, "Price (EUR)", ""),
              tuple(ColumnDrift.Kind.RETYPED, "Value", "value"));
    }
  }

  @Test
  void aFileDoesNotAddHundredsOfColumns() throws IOException {
    Object[] header =
        IntStream.rangeClosed(0, 102)
            .mapToObj(i -> i == 0 ? "ID" : i == 1 ? "Value" : "H" + i)
            .toArray();
    Path file = book(header, new Object[] {"a", 1});
    SluiceException refusal = Books.refusal(file, usual().drift(ADDING).build());
    assertThat(refusal.reason()).isEqualTo(Reason.COLUMN_UNKNOWN);
    assertThat(refusal.why()).contains("100 of one file at most", "C: H2");
    assertThat(Books.rows(file, usual().keepUnknown().build())).hasSize(1);
  }

  private Path book(Object[]... rows) throws IOException {
    return Books.write(folder, "book.xlsx", book -> Books.fill(book.createSheet("Data"), rows));
  }

  private static SourceBuilder usual() {
    return Sources.of(Books.COLUMNS);
  }

  private static List<String> unknown(WorkbookTable table) {
    List<String> rows = new ArrayList<>();
    table.rows().forEachRemaining(row -> rows.add(Arrays.toString(row.unknown())));
    return rows;
  }
}
