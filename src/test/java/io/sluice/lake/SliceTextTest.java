package io.sluice.lake;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.SparkForTests;
import io.sluice.contract.SliceText;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

class SliceTextTest {
  private static final List<String> COLUMNS = List.of("portfolio_id", "as_of_date");

  @Test
  void agreesWithTheColumnThatSparkComputesWhateverTheValues() {
    LocalDate day = LocalDate.of(2024, 1, 15);
    List<Row> rows =
        List.of(
            RowFactory.create("P1", day),
            RowFactory.create("", day),
            RowFactory.create(" a  b ", day),
            RowFactory.create("a/b=c", day),
            RowFactory.create("100%", day),
            RowFactory.create("%2F", day),
            RowFactory.create("%252F%", day),
            RowFactory.create("as_of_date=2024-01-01/x=y", day),
            RowFactory.create("Größe 東京 🏦", day),
            RowFactory.create("e\u0301 \u0000 \t\n", day),
            RowFactory.create("'\"`\\$1{}?#&+", day),
            RowFactory.create("P1", LocalDate.of(1, 1, 1)),
            RowFactory.create("P1", LocalDate.of(999, 12, 31)),
            RowFactory.create("P1", LocalDate.of(1582, 10, 10)),
            RowFactory.create("P1", LocalDate.of(9999, 12, 31)));
    List<String> ofSpark =
        SparkForTests.session()
            .createDataFrame(rows, StructType.fromDDL("portfolio_id STRING, as_of_date DATE"))
            .select(Slices.sliceText(COLUMNS))
            .collectAsList()
            .stream()
            .map(row -> row.getString(0))
            .toList();

    List<String> ofJava =
        rows.stream().map(row -> SliceText.of(COLUMNS, List.of(row.get(0), row.get(1)))).toList();

    assertThat(ofJava).isEqualTo(ofSpark).doesNotHaveDuplicates();
    assertThat(ofJava.get(3)).isEqualTo("portfolio_id=a%2Fb%3Dc/as_of_date=2024-01-15");
    assertThat(ofJava.get(6)).isEqualTo("portfolio_id=%25252F%25/as_of_date=2024-01-15");
  }

  @Test
  void agreesWithSparkAboutNumbersAndTruth() {
    List<String> columns = List.of("series", "count", "rate", "flag");
    List<Object[]> values =
        List.of(
            new Object[] {7, 12_345_678_901L, new BigDecimal("0.00000001"), true},
            new Object[] {-7, -1L, new BigDecimal("100.50000000"), false},
            new Object[] {0, 0L, new BigDecimal("0E-8"), false});
    List<String> ofSpark =
        SparkForTests.session()
            .createDataFrame(
                values.stream().map(RowFactory::create).toList(),
                StructType.fromDDL("series INT, count BIGINT, rate DECIMAL(20,8), flag BOOLEAN"))
            .select(Slices.sliceText(columns))
            .collectAsList()
            .stream()
            .map(row -> row.getString(0))
            .toList();

    assertThat(values.stream().map(row -> SliceText.of(columns, Arrays.asList(row))).toList())
        .isEqualTo(ofSpark)
        .first()
        .isEqualTo("series=7/count=12345678901/rate=0.00000001/flag=true");
  }

  @Test
  void findsTheDateThatASliceIsAbout() {
    String slice =
        SliceText.of(COLUMNS, List.of("as_of_date=2020-01-01/", LocalDate.of(2024, 2, 29)));

    assertThat(SliceText.date(slice, "as_of_date")).contains(LocalDate.of(2024, 2, 29));
    assertThat(SliceText.date(slice, "date")).isEmpty();
    assertThat(SliceText.date("portfolio_id=P1", "as_of_date")).isEmpty();
    assertThat(SliceText.date(SliceText.unknown("ab12"), "as_of_date")).isEmpty();
  }

  @Test
  void namesTheRowsOfAFileWhoseSliceCannotBeTold() {
    assertThat(SliceText.unknown("ab12")).isEqualTo("file=ab12");
  }

  @Test
  void isEmptyWithoutColumns() {
    assertThat(SliceText.of(List.of(), List.of())).isEmpty();
  }
}
