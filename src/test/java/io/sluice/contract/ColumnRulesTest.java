package io.sluice.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.config.Bounds;
import io.sluice.config.Column;
import io.sluice.config.Column.ScaleExcess;
import io.sluice.config.ColumnBuilder;
import io.sluice.config.ColumnType;
import io.sluice.config.ColumnType.Kind;
import io.sluice.config.NumberText;
import io.sluice.contract.Adjustment.How;
import io.sluice.error.Reason;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How numbers are written, between what values must lie, and what is taken of too many digits. */
class ColumnRulesTest {
  private static final int ANY = Integer.MAX_VALUE;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          ,  | .  | 1.234,56     | 1234.56
          ,  | .  | 1.234.567,8  | 1234567.8
          ,  | .  | 1234,56      | 1234.56
          ,  | .  | 1.234        | 1234
          ,  | .  | 0,5          | 0.5
          ,  | .  | ,5           | 0.5
          ,  | .  | (1.234,5)    | -1234.5
          ,  | .  | -1,5E3       | -1500
          .  | ,  | 1,234        | 1234
          .  | ,  | 1,234.5      | 1234.5
          .  | '  | 1'234.5      | 1234.5
          .  | '  | 1’234’567.5  | 1234567.5
          .  | ''  | 1234.5      | 1234.5
          """)
  void textsAreReadWithTheColumnsSeparators(
      String decimal, String grouping, String text, BigDecimal expected) {
    char group = grouping.equals("''") ? NumberText.NONE : grouping.charAt(0);
    NumberText written = new NumberText(decimal.charAt(0), group, false, false, List.of());
    assertThat((BigDecimal) number(written, text).value()).isEqualByComparingTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1 234,5", "1\u00a0234,5", "1\u202f234,5"})
  void blanksBetweenThousandsAreOfAnyKind(String text) {
    NumberText written = new NumberText(',', ' ', false, false, List.of());
    assertThat((BigDecimal) number(written, text).value()).isEqualByComparingTo("1234.5");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1,234.5", "1.23,4", "12.34", "1.2345", "1,2,3", "1.234.56", "1 234,5"})
  void otherSeparatorsAreNoNumber(String text) {
    NumberText written = new NumberText(',', '.', false, false, List.of());
    Violation violation = number(written, text).violation().orElseThrow();
    assertThat(violation.reason()).isEqualTo(Reason.TYPE_MISMATCH);
    assertThat(violation.message())
        .isEqualTo("'" + text + "' is not a number written like 1.234,56");
  }

  @Test
  void withoutGroupingNoSeparatorIsOne() {
    NumberText written = new NumberText(',', NumberText.NONE, false, false, List.of());
    assertThat((BigDecimal) number(written, "1234,5").value()).isEqualByComparingTo("1234.5");
    assertThat(number(written, "1.234,5").violation()).isPresent();
    assertThat(number(written, "1 234,5").violation()).isPresent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"1234.5", "1.5", "-1E3"})
  void whatACellStoresAsANumberIsNeverReadAsText(String stored) {
    NumberText odd = new NumberText(',', '.', true, true, List.of("$"));
    assertThat(
            (BigDecimal)
                CellConverter.convert(decimal(odd), ZoneOffset.UTC, stored, CellKind.NUMBER)
                    .value())
        .isEqualByComparingTo(stored);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"12.5% | 0.125", "12.5 % | 0.125", "-3% | -0.03", "(3%) | -0.03", "1,200% | 12"})
  void percentagesAreHundredths(String text, BigDecimal expected) {
    NumberText percent = new NumberText('.', ',', true, false, List.of());
    assertThat((BigDecimal) number(percent, text).value()).isEqualByComparingTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "12.5 | '12.5' is not a number with the sign %",
        "12.5%% | '12.5%%' is not a number",
        "% | '%' is not a number",
        "1%2 | '1%2' is not a number"
      })
  void aTextWithoutTheSignIsNoPercentage(String text, String message) {
    NumberText percent = new NumberText('.', ',', true, false, List.of());
    assertThat(number(percent, text).violation().orElseThrow().message()).isEqualTo(message);
  }

  @Test
  void aPercentageThatIsNotDeclaredIsNoNumber() {
    assertThat(number(NumberText.USUAL, "12.5%").violation()).isPresent();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "$1,234.50 | 1234.5",
        "-$5 | -5",
        "$-5 | -5",
        "($5) | -5",
        "5 EUR | 5",
        "EUR 5 | 5",
        "US$ 5 | 5",
        "5.25- | -5.25",
        "5.25 - | -5.25",
        "$5- | -5",
        "5- EUR | -5",
        "1E2 | 100"
      })
  void symbolsAndATrailingMinusAreTakenWhereDeclared(String text, BigDecimal expected) {
    NumberText written = new NumberText('.', ',', false, true, List.of("$", "EUR", "US$", "E"));
    assertThat((BigDecimal) number(written, text).value()).isEqualByComparingTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-5-", "(5-)", "$", "$ $5", "$5 EUR", "-", "1$5", "+5-"})
  void signsThatSayTooMuchAreNoNumber(String text) {
    NumberText written = new NumberText('.', ',', false, true, List.of("$", "EUR"));
    assertThat(number(written, text).violation().orElseThrow().reason())
        .isEqualTo(Reason.TYPE_MISMATCH);
  }

  @ParameterizedTest
  @ValueSource(strings = {"$5", "5 EUR", "5-"})
  void symbolsAndATrailingMinusThatAreNotDeclaredAreNoNumber(String text) {
    assertThat(number(NumberText.USUAL, text).violation()).isPresent();
  }

  @Test
  void wholeNumbersAreWrittenLikeOthers() {
    NumberText written = new NumberText(',', '.', false, true, List.of("Stk"));
    Column column = ColumnBuilder.column("c", Kind.INTEGER).numbers(written).build();
    assertThat(CellConverter.convert(column, ZoneOffset.UTC, "1.200 Stk", CellKind.TEXT).value())
        .isEqualTo(1200);
  }

  @ParameterizedTest
  @CsvSource({"0,true", "-0.0001,false", "100.5,true", "100.5001,false", "50,true"})
  void numbersLieBetweenTheBoundsBothAllowed(String text, boolean allowed) {
    Column column =
        ColumnBuilder.column("c", ColumnType.decimal(20, 4))
            .bounds(new Bounds("0", "100.50", 0, ANY))
            .build();
    assertThat(
            CellConverter.convert(column, ZoneOffset.UTC, text, CellKind.NUMBER)
                .violation()
                .isEmpty())
        .isEqualTo(allowed);
  }

  @Test
  void aNumberOutOfBoundsIsSaidWithTheBound() {
    Column column =
        ColumnBuilder.column("c", Kind.LONG)
            .bounds(new Bounds("1", "9000000000000000001", 0, ANY))
            .build();
    Violation low = violation(column, "0");
    assertThat(low.reason()).isEqualTo(Reason.OUT_OF_RANGE);
    assertThat(low.rule()).isEqualTo("min");
    assertThat(low.message()).isEqualTo("'0' is less than 1, the least allowed");
    Violation high = violation(column, "9000000000000000002");
    assertThat(high.rule()).isEqualTo("max");
    assertThat(high.message())
        .isEqualTo("'9000000000000000002' is more than 9000000000000000001, the most allowed");
  }

  @Test
  void datesLieBetweenTheBoundsBothAllowed() {
    Column column =
        ColumnBuilder.column("c", Kind.DATE)
            .bounds(new Bounds("2024-01-01", "2024-12-31", 0, ANY))
            .build();
    assertThat(CellConverter.convert(column, ZoneOffset.UTC, "2024-12-31", CellKind.DATE).value())
        .isEqualTo(LocalDate.of(2024, 12, 31));
    assertThat(violation(column, "2023-12-31").message())
        .isEqualTo("'2023-12-31' is less than 2024-01-01, the least allowed");
    assertThat(violation(column, "2025-01-01").rule()).isEqualTo("max");
  }

  @Test
  void textsHaveTheirLengthInCharactersNotInUnits() {
    Column column = ColumnBuilder.column("c", Kind.STRING).bounds(new Bounds("", "", 2, 3)).build();
    assertThat(CellConverter.convert(column, ZoneOffset.UTC, "𝟘𝟙𝟚", CellKind.TEXT).value())
        .isEqualTo("𝟘𝟙𝟚");
    Violation tooShort = violation(column, "A");
    assertThat(tooShort.reason()).isEqualTo(Reason.TOO_SHORT);
    assertThat(tooShort.message()).isEqualTo("'A' has 1 character, and must have 2 at least");
    Violation tooLong = violation(column, "ABCD");
    assertThat(tooLong.reason()).isEqualTo(Reason.TOO_LONG);
    assertThat(tooLong.rule()).isEqualTo("max-length");
    assertThat(tooLong.message()).isEqualTo("'ABCD' has 4 characters, and may have 3 at most");
    assertThat(CellConverter.convert(column, ZoneOffset.UTC, "", CellKind.BLANK).violation())
        .isEmpty();
  }

  @Test
  void whatExcelShowsIsTakenWhereItFitsAndTheDifferenceIsExact() {
    Adjustment shown = adjustment("0.30000000000000004", ScaleExcess.REJECT);
    assertThat(shown.how()).isEqualTo(How.AT_15_DIGITS);
    assertThat(shown.difference()).isEqualByComparingTo("0.00000000000000004");
    Adjustment rounded = adjustment("-1.23455", ScaleExcess.HALF_UP);
    assertThat(rounded.how()).isEqualTo(How.ROUNDED);
    assertThat(rounded.difference()).isEqualByComparingTo("0.00005");
    assertThat(
            new CellConverter(rounding(ScaleExcess.HALF_UP), 0, ZoneOffset.UTC)
                .convert("1.2345", CellKind.NUMBER)
                .adjustment())
        .isEmpty();
  }

  private static Adjustment adjustment(String text, ScaleExcess excess) {
    Column column = rounding(excess);
    ConvertedRow row =
        new RowContract(List.of(column), ZoneOffset.UTC).convert(new String[] {text}, "n");
    assertThat(row.accepted()).isTrue();
    assertThat(row.adjustments()).hasSize(1);
    return row.adjustments().get(0);
  }

  private static Violation violation(Column column, String text) {
    return CellConverter.convert(column, ZoneOffset.UTC, text, CellKind.TEXT)
        .violation()
        .orElseThrow();
  }

  private static Conversion number(NumberText written, String text) {
    return CellConverter.convert(decimal(written), ZoneOffset.UTC, text, CellKind.TEXT);
  }

  private static Column decimal(NumberText written) {
    return ColumnBuilder.column("c", ColumnType.decimal(20, 6)).numbers(written).build();
  }

  private static Column rounding(ScaleExcess excess) {
    return ColumnBuilder.column("c", ColumnType.decimal(10, 4)).scaleExcess(excess).build();
  }
}
