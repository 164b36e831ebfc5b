package io.sluice.silver;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.SparkForTests;
import io.sluice.config.RowRule;
import io.sluice.config.SilverTable;
import io.sluice.config.SilverTable.Duplicates;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

class ClassifiedRowsTest {
  private static final StructType SCHEMA =
      new StructType()
          .add("id", DataTypes.StringType)
          .add("quantity", DataTypes.IntegerType)
          .add(ConvertedRows.SLICE, DataTypes.StringType)
          .add(ConvertedRows.VIOLATIONS, DataTypes.createArrayType(ConvertedRows.VIOLATION))
          .add("file_id", DataTypes.StringType)
          .add(ConvertedRows.SHEET, DataTypes.StringType)
          .add("sheet_row", DataTypes.IntegerType)
          .add("serves", DataTypes.BooleanType)
          .add(ClassifiedRows.PART, DataTypes.StringType);

  @Test
  void ofEqualRowsTheFirstCountsAndTheOthersAreDuplicates() {
    assertThat(
            classified(
                Duplicates.FAIL, row(4, "A", 1), row(5, "B", 1), row(6, "A", 1), row(7, "A", 1)))
        .containsExactly("4 silver", "5 silver", "6 duplicate", "7 duplicate");
  }

  @Test
  void differentRowsWithOneKeyAreAllRejectedUnlessDeclaredOtherwise() {
    assertThat(classified(Duplicates.FAIL, row(4, "A", 1), row(5, "A", 2), row(6, "B", 1)))
        .containsExactly("4 rejected DUPLICATE_KEY", "5 rejected DUPLICATE_KEY", "6 silver");
  }

  @Test
  void aRepeatedRowAmongDifferentOnesWithItsKeyIsADuplicateAndNoFurtherReject() {
    assertThat(classified(Duplicates.FAIL, row(4, "A", 1), row(5, "A", 2), row(6, "A", 1)))
        .containsExactly("4 rejected DUPLICATE_KEY", "5 rejected DUPLICATE_KEY", "6 duplicate");
  }

  @Test
  void theFirstRowOfAKeyCountsWhereDeclared() {
    assertThat(
            classified(
                Duplicates.FIRST, row(4, "A", 1), row(5, "A", 2), row(6, "A", 1), row(7, "A", 2)))
        .containsExactly("4 silver", "5 duplicate", "6 duplicate", "7 duplicate");
  }

  @Test
  void theLastRowOfAKeyCountsWhereDeclaredAlsoIfItRepeatsAnEarlierOne() {
    assertThat(classified(Duplicates.LATEST, row(4, "A", 1), row(5, "A", 2), row(6, "A", 1)))
        .containsExactly("4 duplicate", "5 duplicate", "6 silver");
  }

  @Test
  void aRowThatBreaksARuleIsRejectedWithTheRulesName() {
    Row found =
        of(table(Duplicates.FAIL), row(4, "A", -1))
            .selectExpr("_status", "_violations[0].rule", "_violations[0].reason")
            .head();

    assertThat(found).isEqualTo(RowFactory.create("rejected", "long-only", "ROW_RULE"));
  }

  @Test
  void aRuleThatIsUnknownForARowIsMet() {
    assertThat(classified(Duplicates.FAIL, row(4, "A", null))).containsExactly("4 silver");
  }

  @Test
  void aRejectedRowIsNoRivalOfAGoodOneWithItsKey() {
    assertThat(classified(Duplicates.FAIL, row(4, "A", -1), row(5, "A", 2)))
        .containsExactly("4 rejected ROW_RULE", "5 silver");
    assertThat(classified(Duplicates.LATEST, row(4, "A", 2), row(5, "A", -1)))
        .containsExactly("4 silver", "5 rejected ROW_RULE");
  }

  @Test
  void rowsOfALaterPartComeAfterThoseOfAnEarlierOneWhereverTheyStand() {
    Row[] rows = {part("1", 9, "A", 1), part("2", 4, "A", 2), part("2", 5, "B", 3)};

    assertThat(classified(Duplicates.LATEST, rows))
        .containsExactly("4 silver", "5 silver", "9 duplicate");
    assertThat(classified(Duplicates.FIRST, rows))
        .containsExactly("4 duplicate", "5 silver", "9 silver");
  }

  @Test
  void rowsOfAFileThatDoesNotServeAreSupersededWhateverIsInThem() {
    assertThat(
            classified(
                Duplicates.FAIL,
                superseded(4, "A", 1),
                superseded(5, "B", -1),
                row(6, "A", 2),
                row(7, "B", 1)))
        .containsExactly("4 superseded", "5 superseded ROW_RULE", "6 silver", "7 silver");
  }

  @Test
  void aRowThatSaysThatItsKeyIsGoneIsNotKeptIfItIsTheOneThatCounts() {
    SilverTable table = table(Duplicates.LATEST).deletedWhen("quantity = 0");

    assertThat(classified(table, row(4, "A", 1), row(5, "A", 0), row(6, "B", 0), row(7, "B", 1)))
        .containsExactly("4 duplicate", "5 deleted", "6 duplicate", "7 silver");
    assertThat(classified(table, row(4, "A", null))).containsExactly("4 silver");
  }

  @Test
  void aRowThatSaysThatItsKeyIsGoneNeedsNoMoreThanItsKeyAndWhatSaysSo() {
    SilverTable table = table(Duplicates.FAIL).deletedWhen("quantity <= 0");

    assertThat(
            classified(
                table,
                broken(4, "A", 0, "name", "REQUIRED_MISSING"),
                row(5, "B", -1),
                broken(6, "C", 0, "id", "REFERENCE_MISSING"),
                broken(7, "D", 1, "name", "REQUIRED_MISSING")))
        .containsExactly(
            "4 deleted REQUIRED_MISSING",
            "5 deleted ROW_RULE",
            "6 deleted REFERENCE_MISSING",
            "7 rejected REQUIRED_MISSING");
  }

  @Test
  void aRowWhoseKeyOrDeletionCannotBeReadIsRejected() {
    assertThat(
            classified(
                table(Duplicates.FAIL).deletedWhen("quantity is null"),
                broken(4, "A", null, "quantity", "TYPE_MISMATCH"),
                broken(5, null, null, "id", "REQUIRED_MISSING"),
                broken(6, "B", null, "name", "TOO_LONG")))
        .containsExactly(
            "4 rejected TYPE_MISMATCH", "5 rejected REQUIRED_MISSING", "6 deleted TOO_LONG");
  }

  private static List<String> classified(Duplicates duplicates, Row... rows) {
    return classified(table(duplicates), rows);
  }

  private static List<String> classified(SilverTable table, Row... rows) {
    return of(table, rows)
        .selectExpr("concat_ws(' ', sheet_row, _status, _violations.reason)")
        .collectAsList()
        .stream()
        .map(row -> row.getString(0))
        .sorted()
        .toList();
  }

  private static Dataset<Row> of(SilverTable table, Row... rows) {
    Dataset<Row> converted =
        SparkForTests.session().createDataFrame(List.of(rows), SCHEMA).repartition(2);
    return ClassifiedRows.of(converted, table, List.of("id", "quantity"), "serves");
  }

  private static SilverTable table(Duplicates duplicates) {
    return new SilverTable(
        "stg",
        "",
        "",
        "source",
        List.of("id"),
        Optional.empty(),
        duplicates,
        List.of(new RowRule("long-only", "quantity >= 0")),
        List.of());
  }

  private static Row row(int sheetRow, String id, Integer quantity) {
    return record(sheetRow, id, quantity, true);
  }

  private static Row broken(
      int sheetRow, String id, Integer quantity, String column, String reason) {
    List<Row> violations =
        List.of(RowFactory.create(column, reason, "rule", "raw", "A1", "it is broken"));
    return RowFactory.create(id, quantity, "day=1", violations, "f", "Data", sheetRow, true, "");
  }

  private static Row superseded(int sheetRow, String id, Integer quantity) {
    return record(sheetRow, id, quantity, false);
  }

  private static Row record(int sheetRow, String id, Integer quantity, boolean serves) {
    return record(sheetRow, id, quantity, serves, "");
  }

  private static Row part(String part, int sheetRow, String id, Integer quantity) {
    return record(sheetRow, id, quantity, true, part);
  }

  private static Row record(
      int sheetRow, String id, Integer quantity, boolean serves, String part) {
    return RowFactory.create(
        id, quantity, "day=1", new ArrayList<Row>(), "f" + part, "Data", sheetRow, serves, part);
  }
}
