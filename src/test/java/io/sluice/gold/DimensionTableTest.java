package io.sluice.gold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.config.GoldTable;
import io.sluice.error.SluiceException;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class DimensionTableTest {
  private static final String HOLDINGS =
      "security_id string, as_of_date date, security_name string, sector string, ticker string";
  private static final GoldTable.Dimension SECURITY =
      new GoldTable.Dimension(
          List.of("holdings"),
          List.of("security_id"),
          "as_of_date",
          List.of(),
          List.of("security_name", "sector"),
          List.of("ticker"));

  @Test
  void aMemberSeenOnceHasOneVersionOverAllTime() {
    Dataset<Row> rows = securities("A | 2024-01-15 | Alpha | Tech | AL");
    assertThat(Tables.texts(members(rows)))
        .hasSize(1)
        .first()
        .asString()
        .endsWith("|A|Alpha|Tech|AL|0001-01-01|9999-12-31|true|false");
    assertThat(rows.columns())
        .containsExactly(
            "security_key",
            "security_durable_key",
            "security_id",
            "security_name",
            "sector",
            "ticker",
            "valid_from",
            "valid_to",
            "is_current",
            "is_inferred");
  }

  @Test
  void aChangedNameStartsAVersionAndObservingItAgainDoesNot() {
    assertThat(
            versions(
                securities(
                    "A | 2024-01-15 | Alpha    | Tech | AL",
                    "A | 2024-01-16 | Alpha    | Tech | AL",
                    "A | 2024-01-17 | Alphabet | Tech | AL",
                    "A | 2024-01-18 | Alphabet | Tech | AL")))
        .containsExactly(
            "A|Alpha|Tech|AL|0001-01-01|2024-01-17|false",
            "A|Alphabet|Tech|AL|2024-01-17|9999-12-31|true");
  }

  @Test
  void aNameThatComesBackIsAVersionOfItsOwn() {
    assertThat(
            versions(
                securities(
                    "A | 2024-01-15 | Alpha | Tech |",
                    "A | 2024-01-16 | Beta  | Tech |",
                    "A | 2024-01-17 | Alpha | Tech |")))
        .containsExactly(
            "A|Alpha|Tech||0001-01-01|2024-01-16|false",
            "A|Alpha|Tech||2024-01-17|9999-12-31|true",
            "A|Beta|Tech||2024-01-16|2024-01-17|false");
  }

  @Test
  void aBackDatedObservationWithoutAChangeChangesNothing() {
    String[] before = {
      "A | 2024-01-15 | Alpha    | Tech | AL", "A | 2024-01-17 | Alphabet | Tech | AL"
    };
    String[] after = {
      "A | 2023-06-01 | Alpha    | Tech | AL",
      "A | 2024-01-15 | Alpha    | Tech | AL",
      "A | 2024-01-16 | Alpha    | Tech | AL",
      "A | 2024-01-17 | Alphabet | Tech | AL"
    };
    assertThat(Tables.texts(securities(after))).isEqualTo(Tables.texts(securities(before)));
  }

  @Test
  void aLateObservationSplitsAVersion() {
    Dataset<Row> before =
        securities("A | 2024-01-10 | Alpha | Tech |", "A | 2024-01-20 | Alpha | Tech |");
    Dataset<Row> after =
        securities(
            "A | 2024-01-10 | Alpha | Tech |",
            "A | 2024-01-15 | Beta  | Tech |",
            "A | 2024-01-20 | Alpha | Tech |");
    assertThat(versions(before)).containsExactly("A|Alpha|Tech||0001-01-01|9999-12-31|true");
    assertThat(versions(after))
        .containsExactly(
            "A|Alpha|Tech||0001-01-01|2024-01-15|false",
            "A|Alpha|Tech||2024-01-20|9999-12-31|true",
            "A|Beta|Tech||2024-01-15|2024-01-20|false");
    assertThat(Tables.texts(members(after), "security_key"))
        .containsAll(Tables.texts(members(before), "security_key"));
  }

  @Test
  void aLateObservationMovesTheStartOfAVersion() {
    assertThat(
            versions(
                securities(
                    "A | 2024-01-10 | Alpha | Tech |",
                    "A | 2024-01-15 | Beta  | Tech |",
                    "A | 2024-01-20 | Beta  | Tech |")))
        .containsExactly(
            "A|Alpha|Tech||0001-01-01|2024-01-15|false", "A|Beta|Tech||2024-01-15|9999-12-31|true");
  }

  @Test
  void aRestatedDayMergesTheVersionsAroundIt() {
    assertThat(
            versions(
                securities(
                    "A | 2024-01-10 | Alpha | Tech |",
                    "A | 2024-01-15 | Alpha | Tech |",
                    "A | 2024-01-20 | Alpha | Tech |")))
        .containsExactly("A|Alpha|Tech||0001-01-01|9999-12-31|true");
  }

  @Test
  void aNullMakesNoVersionAndALateValueFillsTheTimeBeforeIt() {
    assertThat(
            versions(
                securities(
                    "A | 2024-01-10 | Alpha |      |",
                    "A | 2024-01-15 |       | Tech | AL",
                    "A | 2024-01-20 | Alpha |      |")))
        .containsExactly("A|Alpha|Tech|AL|0001-01-01|9999-12-31|true");
  }

  @Test
  void anOverwrittenAttributeHasItsNewestValueInEveryVersion() {
    assertThat(
            versions(
                securities(
                    "A | 2024-01-15 | Alpha    | Tech | OLD",
                    "A | 2024-01-17 | Alphabet | Tech | NEW",
                    "A | 2024-01-18 | Alphabet | Tech |")))
        .containsExactly(
            "A|Alpha|Tech|NEW|0001-01-01|2024-01-17|false",
            "A|Alphabet|Tech|NEW|2024-01-17|9999-12-31|true");
  }

  @Test
  void aFixedAttributeKeepsItsOldestValue() {
    GoldTable.Dimension fixed =
        new GoldTable.Dimension(
            List.of("holdings"),
            List.of("security_id"),
            "as_of_date",
            List.of("sector"),
            List.of("security_name"),
            List.of());
    Dataset<Row> rows =
        DimensionTable.rows(
            "dim_security",
            fixed,
            Map.of(
                "holdings",
                Tables.table(
                    HOLDINGS,
                    "A | 2024-01-15 | Alpha |        |",
                    "A | 2024-01-16 | Alpha | Tech   |",
                    "A | 2024-01-17 | Beta  | Energy |")),
            List.of());
    assertThat(Tables.texts(members(rows), "sector", "security_name", "valid_from"))
        .containsExactly("Tech|Alpha|0001-01-01", "Tech|Beta|2024-01-17");
  }

  @Test
  void rowsOfOneDayThatDisagreeAreSettledByTheSmallestValue() {
    assertThat(
            versions(
                securities(
                    "A | 2024-01-15 | Zeta  | Tech |",
                    "A | 2024-01-15 | Alpha |      |",
                    "A | 2024-01-15 |       | Bank |")))
        .containsExactly("A|Alpha|Bank||0001-01-01|9999-12-31|true");
  }

  @Test
  void theFirstDeclaredSourceThatKnowsAnAttributeWins() {
    GoldTable.Dimension two =
        new GoldTable.Dimension(
            List.of("master", "holdings"),
            List.of("security_id"),
            "as_of_date",
            List.of(),
            List.of("security_name", "sector"),
            List.of("ticker"));
    Dataset<Row> master =
        Tables.table(
            "as_of_date date, security_id string, security_name string, sector string",
            "2024-01-12 | A | ALPHA INC |",
            "2024-01-12 | C | CETA INC  | Bank");
    Dataset<Row> holdings =
        Tables.table(
            HOLDINGS,
            "A | 2024-01-10 | Alpha  | Tech   | AL",
            "A | 2024-01-15 | Alpha2 | Energy | AL2",
            "B | 2024-01-15 | Beta   | Tech   | BE");
    Dataset<Row> rows =
        DimensionTable.rows(
            "dim_security", two, Map.of("holdings", holdings, "master", master), List.of());
    assertThat(versions(rows))
        .containsExactly(
            "A|ALPHA INC|Energy|AL2|2024-01-15|9999-12-31|true",
            "A|ALPHA INC|Tech|AL2|0001-01-01|2024-01-15|false",
            "B|Beta|Tech|BE|0001-01-01|9999-12-31|true",
            "C|CETA INC|Bank||0001-01-01|9999-12-31|true");
  }

  @Test
  void theOrderOfRowsPlaysNoPart() {
    Dataset<Row> holdings =
        Tables.table(
            HOLDINGS,
            "A | 2024-01-10 | Alpha  | Tech   | AL",
            "A | 2024-01-10 | Alpha  | Bank   | AL",
            "A | 2024-01-15 | Beta   | Energy | AL2",
            "A | 2024-01-16 |        | Energy |",
            "B | 2024-01-15 | Beta   | Tech   | BE",
            "B | 2024-01-16 | Beta   |        | BB",
            "B | 2024-01-17 | Gamma  | Tech   |");
    List<String> expected = Tables.texts(securities(holdings));
    assertThat(expected).hasSize(5);
    for (long seed = 1; seed <= 3; seed++) {
      assertThat(Tables.texts(securities(Tables.shuffled(holdings, seed)))).isEqualTo(expected);
    }
  }

  @Test
  void aMemberThatOnlyFactsReferToIsInferredAndKeepsItsKeyWhenASourceKnowsIt() {
    Dataset<Row> referencing =
        Tables.table("security_id string, as_of_date date", "A | 2024-01-10", " | 2024-01-10");
    Dataset<Row> before =
        DimensionTable.rows(
            "dim_security",
            SECURITY,
            Map.of("holdings", Tables.table(HOLDINGS)),
            List.of(referencing));
    Dataset<Row> after =
        DimensionTable.rows(
            "dim_security",
            SECURITY,
            Map.of("holdings", Tables.table(HOLDINGS, "A | 2024-01-15 | Alpha | Tech | AL")),
            List.of(referencing));
    assertThat(versions(before)).containsExactly("A||||0001-01-01|9999-12-31|true");
    assertThat(Tables.texts(members(before), "is_inferred")).containsExactly("true");
    assertThat(versions(after)).containsExactly("A|Alpha|Tech|AL|0001-01-01|9999-12-31|true");
    assertThat(Tables.texts(members(after), "is_inferred")).containsExactly("false");
    assertThat(Tables.texts(after, "security_key")).isEqualTo(Tables.texts(before, "security_key"));
  }

  @Test
  void theUnknownMemberIsReadableAndThereWithoutAnyRow() {
    assertThat(Tables.texts(securities()))
        .containsExactly("-1|-1|Unknown|Unknown|Unknown|Unknown|0001-01-01|9999-12-31|true|false");
  }

  @Test
  void theUnknownMemberHasNoNumbers() {
    GoldTable.Dimension lots =
        new GoldTable.Dimension(
            List.of("lots"), List.of("lot"), "day", List.of(), List.of("price"), List.of("note"));
    Dataset<Row> rows =
        DimensionTable.rows(
            "lots",
            lots,
            Map.of("lots", Tables.table("lot int, day date, price decimal(9,2), note string")),
            List.of());
    assertThat(rows.schema().toDDL())
        .startsWith(
            "lots_key BIGINT,lots_durable_key BIGINT,lot INT,price DECIMAL(9,2),note STRING,");
    assertThat(Tables.texts(rows, "lots_key", "lot", "price", "note"))
        .containsExactly("-1|||Unknown");
  }

  @Test
  void rowsWithoutKeyOrDateObserveNothing() {
    assertThat(versions(securities(" | 2024-01-10 | Nobody | Tech |", "A |  | Undated | Tech |")))
        .isEmpty();
  }

  @Test
  void aColumnThatNoSourceHasIsNamed() {
    assertThatThrownBy(
            () ->
                DimensionTable.rows(
                    "dim_security",
                    SECURITY,
                    Map.of(
                        "holdings",
                        Tables.table("security_id string, as_of_date date, security_name string")),
                    List.of()))
        .isInstanceOf(SluiceException.class)
        .hasMessageContaining("dim_security")
        .hasMessageContaining("none of holdings has a column sector");
  }

  @Test
  void sourcesThatTypeAnAttributeDifferentlyAreNamed() {
    GoldTable.Dimension two =
        new GoldTable.Dimension(
            List.of("master", "holdings"),
            List.of("security_id"),
            "as_of_date",
            List.of(),
            List.of("sector"),
            List.of());
    assertThatThrownBy(
            () ->
                DimensionTable.rows(
                    "dim_security",
                    two,
                    Map.of(
                        "holdings",
                        Tables.table(HOLDINGS),
                        "master",
                        Tables.table("security_id string, as_of_date date, sector int")),
                    List.of()))
        .isInstanceOf(SluiceException.class)
        .hasMessageContaining("sector is INT in master, and STRING in holdings");
  }

  private static Dataset<Row> securities(String... holdings) {
    return securities(Tables.table(HOLDINGS, holdings));
  }

  private static Dataset<Row> securities(Dataset<Row> holdings) {
    return DimensionTable.rows("dim_security", SECURITY, Map.of("holdings", holdings), List.of());
  }

  private static Dataset<Row> members(Dataset<Row> rows) {
    String key = rows.columns()[0];
    return rows.where(key + " <> -1");
  }

  private static List<String> versions(Dataset<Row> rows) {
    return Tables.texts(
        members(rows),
        "security_id",
        "security_name",
        "sector",
        "ticker",
        "valid_from",
        "valid_to",
        "is_current");
  }
}
