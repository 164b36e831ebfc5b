package io.sluice.workbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SheetMarksTest {
  @ParameterizedTest
  @CsvSource({
    "B3:D10, 3, 1, 10, 3",
    "$B$3:$D$10, 3, 1, 10, 3",
    "C7, 7, 2, 7, 2",
    "B:D, 1, 1, 1048576, 3",
    "3:10, 3, 0, 10, 16383"
  })
  void aRangeIsABlockACellOrWholeColumnsOrRows(
      String text, int firstRow, int firstColumn, int lastRow, int lastColumn) {
    assertThat(CellRange.parse(text))
        .isEqualTo(new CellRange(firstRow, firstColumn, lastRow, lastColumn));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ":", "A0", "B2:A1", "A5:A4", "XFE1", "A1048577", "A1:B2:C3", "#REF!"})
  void whatIsNoRangeIsSaidToBeNone(String text) {
    assertThatThrownBy(() -> CellRange.parse(text)).isInstanceOf(NumberFormatException.class);
  }

  @Test
  void marksThatMakeNoSenseAreNone() {
    SheetMarks marks = new SheetMarks();
    marks.merge("#REF!");
    marks.merge("A1");
    marks.hide("x", "3");
    marks.hide("0", "2");
    marks.hide("3", "2");
    marks.hide("2", "99999");

    assertThat(marks.merged()).isEmpty();
    assertThat(marks.hidden(0)).isFalse();
    assertThat(marks.hidden(1)).isTrue();
    assertThat(marks.hidden(16_383)).isTrue();
  }

  @Test
  void moreRangesThanAnybodyMergesAreSafeOnlyForWhoDoesNotNeedThemAll() throws IOException {
    SheetMarks marks = new SheetMarks();
    for (int row = 1; row <= 1_000_000; row++) {
      marks.merge(new CellRange(row, 0, row, 1));
    }
    assertThat(marks.allMerged()).hasSize(1_000_000);
    marks.merge(new CellRange(1_000_001, 0, 1_000_001, 1));
    assertThat(marks.merged()).hasSize(1_000_000);
    assertThatThrownBy(marks::allMerged)
        .isInstanceOf(UnsafeContentException.class)
        .hasMessageContaining("1,000,000");
  }
}
