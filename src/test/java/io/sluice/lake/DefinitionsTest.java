package io.sluice.lake;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.config.AboveCell;
import io.sluice.config.Column;
import io.sluice.config.ColumnType;
import io.sluice.config.Drift;
import io.sluice.config.ExpectedBy;
import io.sluice.config.GateRule;
import io.sluice.config.GoldTable;
import io.sluice.config.Limits;
import io.sluice.config.Order;
import io.sluice.config.RowRule;
import io.sluice.config.SilverTable;
import io.sluice.config.Source;
import io.sluice.config.TableEnd;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DefinitionsTest {
  private static final Order BY_TIME = new Order(Order.By.MODIFIED_TIME, "");
  private static final TableEnd END = new TableEnd(false, "Total");
  private static final Drift DRIFT =
      new Drift(Drift.Policy.WARN, Drift.Policy.FAIL, Drift.Policy.FAIL);
  private static final Column ID =
      column("id", "", List.of("ID"), ColumnType.of(ColumnType.Kind.STRING), true, "[A-Z]+");

  @Test
  void areSixteenHexadecimalDigitsAndThoseOfAContractTwiceAsMany() {
    assertThat(Definitions.contract(source(ID))).matches("[0-9a-f]{32}");
    assertThat(silver(source(ID))).matches("[0-9a-f]{16}");
    assertThat(Definitions.gold(model("SELECT 1"))).matches("[0-9a-f]{16}");
  }

  @Test
  void ofAContractIgnoreWhatShapesNoRow() {
    Source source = source(ID);
    Source described =
        new Source(
            "holdings",
            "Custody holdings",
            "operations",
            source.files(),
            source.layout(),
            source.slice(),
            source.order(),
            new ExpectedBy(LocalTime.of(7, 30), 1),
            source.above(),
            List.of(column("id", "An id", ID.headers(), ID.type(), true, ID.pattern())),
            source.end(),
            source.drift(),
            new Limits(new BigDecimal("0.5"), 10));

    assertThat(Definitions.contract(described)).isEqualTo(Definitions.contract(source));
    assertThat(silver(described)).isEqualTo(silver(source));
  }

  @Test
  void ofAContractChangeWithEverythingThatShapesARow() {
    List<Source> sources =
        List.of(
            source(ID),
            source(column("key", "", ID.headers(), ID.type(), true, ID.pattern())),
            source(column("id", "", List.of("Identifier"), ID.type(), true, ID.pattern())),
            source(column("id", "", List.of("ID", "Key"), ID.type(), true, ID.pattern())),
            source(column("id", "", List.of("ID, Key"), ID.type(), true, ID.pattern())),
            source(
                column(
                    "id", "", ID.headers(), ColumnType.of(ColumnType.Kind.LONG), true, "[A-Z]+")),
            source(column("id", "", ID.headers(), ColumnType.decimal(10, 2), true, "[A-Z]+")),
            source(column("id", "", ID.headers(), ColumnType.decimal(10, 3), true, "[A-Z]+")),
            source(column("id", "", ID.headers(), ID.type(), false, ID.pattern())),
            source(column("id", "", ID.headers(), ID.type(), true, "")),
            source(List.of("id"), BY_TIME, List.of(), List.of(ID), END),
            source(
                List.of(),
                new Order(Order.By.NAME_PATTERN, "_v(\\d+)"),
                List.of(),
                List.of(ID),
                END),
            source(List.of(), BY_TIME, List.of(), List.of(ID), new TableEnd(true, "Total")),
            source(List.of(), BY_TIME, List.of(), List.of(ID), new TableEnd(false, "")),
            source(
                List.of(),
                BY_TIME,
                List.of(),
                List.of(ID),
                new TableEnd(false, "Total", "Source", List.of())),
            source(
                List.of(),
                BY_TIME,
                List.of(),
                List.of(ID),
                new TableEnd(false, "Total", "", List.of("id"))),
            source(
                List.of(), BY_TIME, List.of(new AboveCell(day(), "", "", "B2")), List.of(ID), END),
            source(
                List.of(), BY_TIME, List.of(new AboveCell(day(), "", "", "B3")), List.of(ID), END),
            source(
                List.of(), BY_TIME, List.of(new AboveCell(day(), "As of", "")), List.of(ID), END),
            source(
                List.of(), BY_TIME, List.of(new AboveCell(day(), "As o", "f")), List.of(ID), END));

    assertThat(sources.stream().map(Definitions::contract)).doesNotHaveDuplicates();
    assertThat(sources.stream().map(DefinitionsTest::silver)).doesNotHaveDuplicates();
  }

  @Test
  void ofAContractChangeWithWhatDecidesWhichFilesAreAcceptedAndThoseOfSilverDoNot() {
    Source source = source(ID);
    List<Source> sources =
        List.of(
            source,
            reading("*.xls", "", 20, DRIFT),
            reading("*.xlsx", "Holdings", 20, DRIFT),
            reading("*.xlsx", "", 30, DRIFT),
            reading(
                "*.xlsx",
                "",
                20,
                new Drift(Drift.Policy.FAIL, Drift.Policy.FAIL, Drift.Policy.FAIL)));

    assertThat(sources.stream().map(Definitions::contract)).doesNotHaveDuplicates();
    assertThat(sources.stream().map(DefinitionsTest::silver).collect(Collectors.toSet()))
        .isEqualTo(Set.of(silver(source)));
  }

  @Test
  void rowsInBronzeAreTheSameUnderAContractThatAsksForTheSameTexts() {
    String before = Definitions.contract(source(ID));
    Column otherRules =
        column("id", "", ID.headers(), ColumnType.of(ColumnType.Kind.LONG), false, "");

    assertThat(Definitions.sameRows(before, Definitions.contract(source(otherRules)))).isTrue();
    assertThat(Definitions.sameRows(before, Definitions.contract(reading("*.xls", "", 20, DRIFT))))
        .isTrue();
    assertThat(
            Stream.of(
                    source(column("key", "", ID.headers(), ID.type(), true, ID.pattern())),
                    source(column("id", "", List.of("Key"), ID.type(), true, ID.pattern())),
                    source(List.of("id"), BY_TIME, List.of(), List.of(ID), END),
                    source(List.of(), BY_TIME, List.of(), List.of(ID), new TableEnd(true, "Total")),
                    reading("*.xlsx", "Holdings", 20, DRIFT))
                .map(Definitions::contract))
        .noneMatch(contract -> Definitions.sameRows(before, contract));
  }

  @Test
  void rowsInBronzeAreOthersWhereTheirSliceOrTheirOrderIsReadOtherwise() {
    Column otherRules =
        column("id", "", ID.headers(), ColumnType.of(ColumnType.Kind.LONG), true, "[A-Z]+");
    Order byCell = new Order(Order.By.ABOVE, "day");
    Column otherDay =
        column("day", "", List.of(), ColumnType.of(ColumnType.Kind.TIMESTAMP), true, "");

    assertThat(
            Definitions.sameRows(
                Definitions.contract(source(List.of("id"), BY_TIME, List.of(), List.of(ID), END)),
                Definitions.contract(
                    source(List.of("id"), BY_TIME, List.of(), List.of(otherRules), END))))
        .isFalse();
    assertThat(
            Definitions.sameRows(
                Definitions.contract(
                    source(
                        List.of(),
                        byCell,
                        List.of(new AboveCell(day(), "As of", "")),
                        List.of(ID),
                        END)),
                Definitions.contract(
                    source(
                        List.of(),
                        byCell,
                        List.of(new AboveCell(otherDay, "As of", "")),
                        List.of(ID),
                        END))))
        .isFalse();
  }

  @Test
  void ofASilverTableIgnoreItsWordsAndItsGate() {
    SilverTable table = silverTable(List.of("id"), Optional.empty(), SilverTable.Duplicates.FAIL);
    SilverTable described =
        new SilverTable(
            "t",
            "words",
            "somebody",
            "holdings",
            table.key(),
            table.partitionByDate(),
            table.duplicates(),
            table.rules(),
            List.of(gateRule()));

    assertThat(Definitions.silver(described, source(ID)))
        .isEqualTo(Definitions.silver(table, source(ID)));
  }

  @Test
  void ofASilverTableChangeWithItsKeyPartitionsDuplicatesAndRules() {
    List<String> hashes =
        Stream.of(
                silverTable(List.of("id"), Optional.empty(), SilverTable.Duplicates.FAIL),
                silverTable(List.of("id", "day"), Optional.empty(), SilverTable.Duplicates.FAIL),
                silverTable(List.of("id"), Optional.of("day"), SilverTable.Duplicates.FAIL),
                silverTable(List.of("id"), Optional.empty(), SilverTable.Duplicates.LATEST),
                silverTable(
                    List.of("id"),
                    Optional.empty(),
                    SilverTable.Duplicates.FAIL,
                    new RowRule("positive", "id > 0")),
                silverTable(
                    List.of("id"),
                    Optional.empty(),
                    SilverTable.Duplicates.FAIL,
                    new RowRule("positive", "id >= 0")))
            .map(table -> Definitions.silver(table, source(ID)))
            .toList();

    assertThat(hashes).doesNotHaveDuplicates();
  }

  @Test
  void ofAModelChangeWithItsTextAndDateOnly() {
    String hash = Definitions.gold(model("SELECT 1"));

    assertThat(Definitions.gold(model("SELECT 2"))).isNotEqualTo(hash);
    assertThat(Definitions.gold(model("SELECT 1\n"))).isEqualTo(hash);
    assertThat(Definitions.gold(model("b.sql", "words", "SELECT 1", Optional.empty(), 0)))
        .isEqualTo(hash);
    assertThat(Definitions.gold(model("a.sql", "", "SELECT 1", Optional.of("day"), 0)))
        .isNotEqualTo(hash);
    assertThat(Definitions.gold(model("a.sql", "", "SELECT 1", Optional.of("day"), 30)))
        .isNotEqualTo(Definitions.gold(model("a.sql", "", "SELECT 1", Optional.of("day"), 3)));
  }

  @Test
  void ofAStarChangeWithItsShape() {
    List<GoldTable.Shape> shapes =
        List.of(
            new GoldTable.Calendar(LocalDate.of(2020, 1, 1), LocalDate.of(2030, 12, 31)),
            new GoldTable.Calendar(LocalDate.of(2020, 1, 1), LocalDate.of(2031, 12, 31)),
            new GoldTable.Dimension(
                List.of("s"), List.of("id"), "day", List.of(), List.of("name"), List.of()),
            new GoldTable.Dimension(
                List.of("s"), List.of("id"), "day", List.of(), List.of(), List.of("name")),
            new GoldTable.Fact("s", List.of("id"), "day", List.of("dim_a"), List.of("value")),
            new GoldTable.Fact("s", List.of("id"), "day", List.of("dim_a"), List.of("price")));

    assertThat(shapes.stream().map(shape -> Definitions.gold(gold(shape, Optional.empty()))))
        .doesNotHaveDuplicates();
    assertThat(Definitions.gold(gold(shapes.get(4), Optional.of("day"))))
        .isNotEqualTo(Definitions.gold(gold(shapes.get(4), Optional.empty())));
  }

  private static String silver(Source source) {
    return Definitions.silver(
        silverTable(List.of("id"), Optional.empty(), SilverTable.Duplicates.FAIL), source);
  }

  private static SilverTable silverTable(
      List<String> key,
      Optional<String> partitionByDate,
      SilverTable.Duplicates duplicates,
      RowRule... rules) {
    return new SilverTable(
        "t", "", "", "holdings", key, partitionByDate, duplicates, List.of(rules), List.of());
  }

  private static GateRule gateRule() {
    return new GateRule(
        "complete-id",
        GateRule.Kind.COMPLETE,
        List.of("id"),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        "",
        BigDecimal.ONE,
        GateRule.Severity.ERROR,
        "");
  }

  private static GoldTable model(String sql) {
    return model("a.sql", "", sql, Optional.empty(), 0);
  }

  private static GoldTable model(
      String file, String description, String sql, Optional<String> date, int daysBack) {
    return new GoldTable(
        "m",
        description,
        description,
        new GoldTable.SqlModel(Path.of(file), sql, date, daysBack),
        Optional.empty(),
        description.isEmpty() ? List.of() : List.of(gateRule()));
  }

  private static GoldTable gold(GoldTable.Shape shape, Optional<String> partitionByDate) {
    return new GoldTable("g", "", "", shape, partitionByDate, List.of());
  }

  private static Source source(Column column) {
    return source(List.of(), BY_TIME, List.of(), List.of(column), END);
  }

  private static Source source(
      List<String> slice, Order order, List<AboveCell> above, List<Column> columns, TableEnd end) {
    return source("*.xlsx", "", 20, slice, order, above, columns, end, DRIFT);
  }

  private static Source reading(String files, String sheet, int headerWithin, Drift drift) {
    return source(
        files, sheet, headerWithin, List.of(), BY_TIME, List.of(), List.of(ID), END, drift);
  }

  private static Source source(
      String files,
      String sheet,
      int headerWithin,
      List<String> slice,
      Order order,
      List<AboveCell> above,
      List<Column> columns,
      TableEnd end,
      Drift drift) {
    return new Source(
        "holdings",
        "",
        "",
        files,
        sheet,
        headerWithin,
        slice,
        order,
        null,
        above,
        columns,
        end,
        drift,
        new Limits(BigDecimal.ZERO, 0));
  }

  private static Column day() {
    return column("day", "", List.of(), ColumnType.of(ColumnType.Kind.DATE), true, "");
  }

  private static Column column(
      String name,
      String description,
      List<String> headers,
      ColumnType type,
      boolean required,
      String pattern) {
    return new Column(
        name,
        description,
        headers,
        type,
        required,
        List.of(),
        List.of(),
        pattern,
        List.of(),
        Column.ScaleExcess.REJECT,
        Column.Blanks.KEEP);
  }
}
