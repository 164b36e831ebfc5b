package io.sluice.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.config.ColumnBuilder;
import io.sluice.config.SourceBuilder;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AddedColumnsTest {
  private final AddedColumns columns =
      new AddedColumns(
          SourceBuilder.source("s")
              .columns(
                  ColumnBuilder.text("id").headers("ID").build(),
                  ColumnBuilder.text("remark").headers("Comment", "Remarks").build())
              .dropped("Tax Number")
              .build());

  @Test
  void aHeaderThatItsNameShowsWholeGivesThatName() {
    assertThat(columns.column(" Desk\u00a0 Note ")).hasValue("desk_note");
    assertThat(columns.column("DESK_NOTE")).hasValue("desk_note");
    assertThat(columns.column("Yield 2y")).hasValue("yield_2y");
    assertThat(columns.column("Select")).hasValue("select");
  }

  @Test
  void whatANameCannotShowIsToldApartByAHash() {
    List<String> headers =
        List.of(
            "P/L",
            "P&L",
            "P\"L",
            "=P+L",
            "P.L",
            "Prämie",
            "Prömie",
            "数量",
            "价格",
            "%",
            "?",
            "#",
            "52 week high",
            "1",
            "note #2");
    Set<String> names = new HashSet<>();
    for (String header : headers) {
      String name = columns.column(header).orElseThrow();
      assertThat(name).as(header).matches("[a-z][a-z0-9_]*_[0-9a-f]{8}");
      assertThat(names.add(name)).as(header).isTrue();
      assertThat(columns.column(header.toUpperCase(java.util.Locale.ROOT))).hasValue(name);
    }
    assertThat(columns.column("P/L").orElseThrow()).startsWith("p_l_");
    assertThat(columns.column("52 week high").orElseThrow()).startsWith("column_52_week_high_");
  }

  @Test
  void aNameThatIsTakenGetsAHashToo() {
    assertThat(columns.column("Remark").orElseThrow()).matches("remark_[0-9a-f]{8}");
    assertThat(columns.column("Sheet row").orElseThrow()).matches("sheet_row_[0-9a-f]{8}");
    assertThat(columns.column("Day").orElseThrow()).matches("day_[0-9a-f]{8}");
  }

  @Test
  void noNameIsLongerThanPostgresAllows() {
    String one = "long ".repeat(60) + "one";
    String other = "long ".repeat(60) + "two";
    assertThat(columns.column(one).orElseThrow())
        .hasSizeLessThanOrEqualTo(63)
        .isNotEqualTo(columns.column(other).orElseThrow());
  }

  @Test
  void whatTheContractNamesOrDropsGetsNone() {
    assertThat(columns.column("comment")).isEmpty();
    assertThat(columns.column(" REMARKS")).isEmpty();
    assertThat(columns.column("tax  number")).isEmpty();
  }

  @Test
  void whatMayBeASensitiveColumnGetsNoneEither() {
    assertThat(columns.column("Client tax no.")).isEmpty();
    assertThat(columns.column("TaxNumber #2")).isEmpty();
  }
}
