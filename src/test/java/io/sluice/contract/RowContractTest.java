package io.sluice.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.config.Column;
import io.sluice.config.Column.Blanks;
import io.sluice.config.Column.ScaleExcess;
import io.sluice.config.ColumnBuilder;
import io.sluice.config.ColumnType;
import io.sluice.config.ColumnType.Kind;
import io.sluice.config.NumberText;
import io.sluice.error.Reason;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RowContractTest {
  private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "s | 1234.5      | 1234.5000",
        "s | ' 1,234.5 ' | 1234.5000",
        "s | 123,456     | 123456.0000",
        "s | (1,234.50)  | -1234.5000",
        "s | -0.25       | -0.2500",
        "s | +7          | 7.0000",
        "s | .5          | 0.5000",
        "s | 5.          | 5.0000",
        "s | 8.7E3       | 8700.0000",
        "s | 12e-2       | 0.1200",
        "s | 1.23450000  | 1.2345",
        "n | 0           | 0.0000",
        "? | 12.5        | 12.5000",
      })
  void decimalsAreExactAndHaveTheScaleOfTheirColumn(char kind, String text, BigDecimal expected) {
    assertThat(value(decimal(ScaleExcess.REJECT), text, kind)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "abc",
        "1,23",
        "12,34,567",
        "1.2.3",
        "5%",
        "(-5)",
        "()",
        "(5",
        "1 000",
        "1E",
        "NaN",
        "0x1F",
        ".",
        "-",
        "1,234E",
        "--1",
        "1E99999"
      })
  void textThatIsNoNumberIsATypeMismatch(String text) {
    Violation violation = violation(decimal(ScaleExcess.REJECT), text, 's');
    assertThat(violation.reason()).isEqualTo(Reason.TYPE_MISMATCH);
    assertThat(violation.message()).isEqualTo("'" + text + "' is not a number");
    assertThat(violation.raw()).isEqualTo(text);
  }

  @Test
  void floatingPointNoiseOfANumberCellGoesAtFifteenDigits() {
    assertThat(value(decimal(ScaleExcess.REJECT), "1234.5600000000002", 'n'))
        .isEqualTo(new BigDecimal("1234.5600"));
    assertThat(value(decimal(ScaleExcess.HALF_UP), "0.30000000000000004", 'n'))
        .isEqualTo(new BigDecimal("0.3000"));
  }

  @Test
  void aStoredDecimalsDigitsAreNeverTakenForNoise() {
    Column exact =
        ColumnBuilder.column("c", ColumnType.decimal(20, 2))
            .scaleExcess(ScaleExcess.HALF_UP)
            .build();
    assertThat(value(exact, "12345678901234.5678", 'x'))
        .isEqualTo(new BigDecimal("12345678901234.57"));
    assertThat(violation(decimal(ScaleExcess.REJECT), "1234.5600000000002", 'x').reason())
        .isEqualTo(Reason.SCALE_EXCESS);
    assertThat(value(of(Kind.LONG), "-9223372036854775808", 'x')).isEqualTo(Long.MIN_VALUE);
    assertThat(violation(dates(), "45306", 'x').message()).contains("is a number");
    assertThat(violation(of(Kind.BOOLEAN), "1", 'x').message()).contains("is a number");
  }

  @Test
  void aStoredDecimalIsNotWrittenAsTextsOfItsColumnAre() {
    Column column =
        declared(Kind.DECIMAL).numbers(new NumberText(',', '.', false, false, List.of())).build();
    assertThat(value(column, "1.234", 'x')).isEqualTo(new BigDecimal("1.2340"));
  }

  @Test
  void aTextCellsDigitsAreNeverTakenForNoise() {
    assertThat(violation(decimal(ScaleExcess.REJECT), "1234.5600000000002", 's').reason())
        .isEqualTo(Reason.SCALE_EXCESS);
  }

  @Test
  void moreFractionDigitsThanTheScaleAreRejectedOrRoundedAsDeclared() {
    Violation violation = violation(decimal(ScaleExcess.REJECT), "1.23455", 'n');
    assertThat(violation.reason()).isEqualTo(Reason.SCALE_EXCESS);
    assertThat(violation.message())
        .isEqualTo("'1.23455' has more digits after the point than decimal(10,4) keeps");
    assertThat(value(decimal(ScaleExcess.HALF_UP), "1.23455", 'n'))
        .isEqualTo(new BigDecimal("1.2346"));
    assertThat(value(decimal(ScaleExcess.HALF_UP), "-1.23455", 's'))
        .isEqualTo(new BigDecimal("-1.2346"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1000000", "-1234567.5", "1E300", "1E9999", "999999.99999"})
  void tooManyDigitsBeforeThePointAreOutOfRange(String text) {
    assertThat(violation(decimal(ScaleExcess.HALF_UP), text, 's').reason())
        .isEqualTo(Reason.OUT_OF_RANGE);
  }

  @Test
  void wholeNumbersMayBeWrittenWithAPoint() {
    assertThat(value(of(Kind.INTEGER), "5.0", 's')).isEqualTo(5);
    assertThat(value(of(Kind.LONG), "9223372036854775807", 'n')).isEqualTo(Long.MAX_VALUE);
    assertThat(violation(of(Kind.INTEGER), "5.5", 'n').reason()).isEqualTo(Reason.TYPE_MISMATCH);
    assertThat(violation(of(Kind.INTEGER), "2147483648", 'n').reason())
        .isEqualTo(Reason.OUT_OF_RANGE);
    assertThat(violation(of(Kind.LONG), "9223372036854775808", 'n').reason())
        .isEqualTo(Reason.OUT_OF_RANGE);
    assertThat(violation(of(Kind.LONG), "1E9999", 's').reason()).isEqualTo(Reason.OUT_OF_RANGE);
  }

  @Test
  void codesStayAsTheyAreStored() {
    assertThat(value(of(Kind.STRING), "00846E10", 's')).isEqualTo("00846E10");
    assertThat(value(of(Kind.STRING), "037833100", 's')).isEqualTo("037833100");
    assertThat(value(of(Kind.STRING), "87116767", 'n')).isEqualTo("87116767");
    assertThat(value(of(Kind.STRING), " two  blanks ", 's')).isEqualTo(" two  blanks ");
  }

  @Test
  void collapsedTextHasNoRunsOfBlanksWhateverTheirKind() {
    Column column = declared(Kind.STRING).blanks(Blanks.COLLAPSE).build();
    assertThat(value(column, "\u00a0NEWS \u00a0\n CORP  A\t", 's')).isEqualTo("NEWS CORP A");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " \u00a0 ", "-", " N/A", "n/a "})
  void blanksAndNullTextsAreNone(String text) {
    Column optional =
        declared(Kind.STRING).pattern("[A-Z]+").allowed("X").nullTexts("-", "n/a").build();
    Column required = declared(Kind.STRING).required().nullTexts("-", "n/a").build();
    assertThat(convert(optional, text, 's').violation()).isEmpty();
    assertThat(value(optional, text, 's')).isNull();
    assertThat(violation(required, text, 's').reason()).isEqualTo(Reason.REQUIRED_MISSING);
  }

  @Test
  void anErrorCellIsNeverNoneUnlessItsTextIsDeclaredToBe() {
    assertThat(violation(of(Kind.STRING), "#N/A", 'e').reason()).isEqualTo(Reason.ERROR_CELL);
    assertThat(violation(of(Kind.STRING), null, 'e').reason()).isEqualTo(Reason.ERROR_CELL);
    Column declared = declared(Kind.DECIMAL).nullTexts("#n/a").build();
    assertThat(convert(declared, "#N/A", 'e').violation()).isEmpty();
    assertThat(violation(declared, "#REF!", 'e').reason()).isEqualTo(Reason.ERROR_CELL);
  }

  @Test
  void aFormulaWithoutValueIsNotABlank() {
    assertThat(violation(of(Kind.STRING), null, 'f').reason())
        .isEqualTo(Reason.FORMULA_WITHOUT_VALUE);
  }

  @Test
  void patternAndAllowedValuesAreChecked() {
    Column nine = declared(Kind.STRING).pattern("[0-9A-Z]{9}").build();
    assertThat(value(nine, "037833100", 's')).isEqualTo("037833100");
    assertThat(violation(nine, "37833100", 'n').reason()).isEqualTo(Reason.PATTERN_MISMATCH);
    Column allowed = declared(Kind.STRING).allowed("USD", "EUR").build();
    assertThat(value(allowed, "EUR", 's')).isEqualTo("EUR");
    Violation violation = violation(allowed, "GBP", 's');
    assertThat(violation.reason()).isEqualTo(Reason.NOT_ALLOWED);
    assertThat(violation.message()).isEqualTo("'GBP' is not one of USD, EUR");
    Column numbers = declared(Kind.DECIMAL).allowed("1", "2.5").build();
    assertThat(value(numbers, "2.50", 's')).isEqualTo(new BigDecimal("2.5000"));
  }

  @ParameterizedTest
  @CsvSource({
    "d, 2024-01-15",
    "s, 2024-01-15",
    "s, 15-Jan-2024",
    "s, 15-JAN-2024",
    "s, ' 15-jan-2024 '",
    "s, 01/15/24",
    "d, 2024-01-15T00:00:00",
    "?, 2024-01-15",
  })
  void datesComeFromDateCellsAndFromTextInDeclaredFormats(char kind, String text) {
    assertThat(value(dates(), text, kind)).isEqualTo(LocalDate.of(2024, 1, 15));
  }

  @ParameterizedTest
  @CsvSource({
    "s, 31-Feb-2024",
    "s, 2023-02-29",
    "s, 15.01.2024",
    "d, 2024-01-15T10:30:00",
    "n, 45306",
    "s, 2024-01-1510:30",
    "b, TRUE"
  })
  void whatIsNoDateIsATypeMismatch(char kind, String text) {
    assertThat(violation(dates(), text, kind).reason()).isEqualTo(Reason.TYPE_MISMATCH);
  }

  @Test
  void aNumberUnderADateColumnIsNamedAsSuch() {
    assertThat(violation(dates(), "45306", 'n').message())
        .contains("'45306' is a number that is not formatted as a date");
  }

  @Test
  void timestampsWithoutAZoneAreOfThePipelines() {
    Column column = declared(Kind.TIMESTAMP).formats("dd/MM/yyyy HH:mm").build();
    Instant expected = Instant.parse("2024-01-15T15:30:00Z");
    assertThat(value(column, "2024-01-15T10:30:00", 'd')).isEqualTo(expected);
    assertThat(value(column, "15/01/2024 10:30", 's')).isEqualTo(expected);
    assertThat(value(column, "2024-01-15 10:30", 's')).isEqualTo(expected);
    assertThat(value(column, "2024-01-15T16:30:00.000+01:00", 's')).isEqualTo(expected);
    assertThat(value(column, "2024-01-15", 'd')).isEqualTo(Instant.parse("2024-01-15T05:00:00Z"));
    assertThat(violation(column, "2024-03-10T02:30:00", 'd').message()).contains("skipped");
  }

  @Test
  void aTimestampFinerThanAMicrosecondIsNotCut() {
    Column column = of(Kind.TIMESTAMP);
    assertThat(value(column, "2024-01-15T10:30:00.123456Z", 's'))
        .isEqualTo(Instant.parse("2024-01-15T10:30:00.123456Z"));
    assertThat(value(column, "2024-01-15T10:30:00.123456000Z", 's'))
        .isEqualTo(Instant.parse("2024-01-15T10:30:00.123456Z"));
    assertThat(violation(column, "2024-01-15T10:30:00.123456001Z", 's').message())
        .contains("microsecond");
    assertThat(violation(column, "2024-01-15T10:30:00.000000100", 'd').reason())
        .isEqualTo(Reason.TYPE_MISMATCH);
  }

  @ParameterizedTest
  @CsvSource({"TRUE, b, true", "no, s, false", "Y, s, true", " False , s, false"})
  void booleansComeFromBooleanCellsAndWords(String text, char kind, boolean expected) {
    assertThat(value(of(Kind.BOOLEAN), text, kind)).isEqualTo(expected);
  }

  @Test
  void aNumberIsNoBoolean() {
    assertThat(violation(of(Kind.BOOLEAN), "1", 'n').message())
        .isEqualTo("'1' is a number, not true or false");
  }

  @Test
  void everyBadCellOfARowIsReportedAlsoAfterSerialization() throws Exception {
    RowContract contract =
        copy(
            new RowContract(
                List.of(of(Kind.STRING), decimal(ScaleExcess.REJECT), dates()), NEW_YORK));
    ConvertedRow good = contract.convert(new String[] {"A", null, "15-Jan-2024"}, "s_s");
    assertThat(good.accepted()).isTrue();
    assertThat(good.values()).containsExactly("A", null, LocalDate.of(2024, 1, 15));
    ConvertedRow bad = contract.convert(new String[] {"A", "x", "y"}, "sss");
    assertThat(bad.violations()).extracting(Violation::column).containsExactly(1, 2);
    assertThat(bad.values()).containsExactly("A", null, null);
  }

  private static RowContract copy(RowContract contract) throws IOException, ClassNotFoundException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(contract);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return (RowContract) in.readObject();
    }
  }

  private static Object value(Column column, String text, char kind) {
    Conversion conversion = convert(column, text, kind);
    assertThat(conversion.violation()).isEmpty();
    return conversion.value();
  }

  private static Violation violation(Column column, String text, char kind) {
    return convert(column, text, kind).violation().orElseThrow();
  }

  private static Conversion convert(Column column, String text, char kind) {
    ZoneId zone = column.type().kind() == Kind.TIMESTAMP ? NEW_YORK : ZoneOffset.UTC;
    return CellConverter.convert(column, zone, text, CellKind.of(kind));
  }

  private static Column of(Kind kind) {
    return declared(kind).build();
  }

  private static Column dates() {
    return declared(Kind.DATE).formats("dd-MMM-yyyy", "MM/dd/yy").build();
  }

  private static Column decimal(ScaleExcess excess) {
    return declared(Kind.DECIMAL).scaleExcess(excess).build();
  }

  private static ColumnBuilder declared(Kind kind) {
    return ColumnBuilder.column(
        "c", kind == Kind.DECIMAL ? ColumnType.decimal(10, 4) : ColumnType.of(kind));
  }
}
