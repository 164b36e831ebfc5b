package io.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.run.FileLine;
import io.sluice.run.RejectList;
import io.sluice.run.RejectedWorkbooks;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class RejectsTextTest {
  private static final RejectList.Count COUNT =
      new RejectList.Count("holdings", "stg_holdings", "TYPE_MISMATCH", "in/a.xlsx", 3, 2);
  private static final RejectList.Line CELL =
      new RejectList.Line(
          "holdings",
          "stg_holdings",
          "in/a.xlsx",
          "id",
          "Data",
          4,
          "D4",
          "quantity",
          "TYPE_MISMATCH",
          "type",
          "=10",
          "'=10' is not a decimal");
  private static final RejectList.Line ROW =
      new RejectList.Line(
          "holdings",
          "stg_holdings",
          "in/a.xlsx",
          "id",
          "Data",
          5,
          "",
          "",
          "ROW_RULE",
          "r",
          "",
          "the row does not meet r");
  private static final FileLine REFUSED =
      new FileLine(
          "holdings",
          "in/b.xlsx",
          "REFUSED",
          "SHEET_MISSING",
          "",
          "in/b.xlsx has no sheet 'Data'",
          "its sheets are 'Other'",
          "Rename it.",
          0,
          0,
          List.of(),
          "");

  @Test
  void nothingRejectedIsOneLine() {
    RejectList nothing = new RejectList(List.of(), List.of(), 0, List.of());

    assertThat(said(text -> text.print(nothing, false))).isEqualTo("Nothing is rejected.\n");
    assertThat(said(text -> text.print(nothing, true))).isEqualTo("Nothing of that is rejected.\n");
    assertThat(said(text -> text.print(List.of()))).isEqualTo("No workbook to mark.\n");
  }

  @Test
  void countsComeFirstThenSingleRejectsThenRefusedFilesWithTheirRemedy() {
    String said =
        said(
            text ->
                text.print(
                    new RejectList(List.of(COUNT), List.of(CELL, ROW), 3, List.of(REFUSED)),
                    false));

    assertThat(said)
        .containsSubsequence(
            "source    table         reason         rejects  rows  file",
            "holdings  stg_holdings  TYPE_MISMATCH        3     2  in/a.xlsx",
            "  in/a.xlsx, sheet 'Data', cell D4 (quantity)",
            "    TYPE_MISMATCH: '=10' is not a decimal",
            "    stored as '=10'",
            "  in/a.xlsx, sheet 'Data', row 5\n    ROW_RULE: the row does not meet r\n",
            "(2 of 3: see --limit)",
            "refused SHEET_MISSING: in/b.xlsx has no sheet 'Data'",
            "its sheets are 'Other'. Rename it.");
    assertThat(said).containsOnlyOnce("stored as");
  }

  @Test
  void aMarkedWorkbookIsNamedAndWhatIsNoneSaysWhy() {
    assertThat(
            said(
                text ->
                    text.print(
                        List.of(
                            new RejectedWorkbooks.Result(
                                "holdings", "in/a.xlsx", 3, "out/a.xlsx", true, ""),
                            new RejectedWorkbooks.Result(
                                "holdings",
                                "in/b.xlsx",
                                1,
                                "out/b.rejected-rows.xlsx",
                                false,
                                "large"),
                            new RejectedWorkbooks.Result(
                                "holdings", "in/c.xlsx", 1, "", false, "It is gone.")))))
        .isEqualTo(
            """
            in/a.xlsx: 3 marks in out/a.xlsx
            in/b.xlsx: 1 mark in out/b.rejected-rows.xlsx
              only the rejected rows: large
            in/c.xlsx: no copy. It is gone.
            """);
  }

  private static String said(Consumer<RejectsText> what) {
    StringWriter out = new StringWriter();
    what.accept(new RejectsText(new PrintWriter(out)));
    return out.toString().replace(System.lineSeparator(), "\n");
  }
}
