package io.sluice.lake;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.config.AboveCell;
import io.sluice.config.Column;
import io.sluice.config.ColumnBuilder;
import io.sluice.config.ColumnType;
import io.sluice.config.Drift;
import io.sluice.config.ExpectedBy;
import io.sluice.config.FiscalYear;
import io.sluice.config.GateRule;
import io.sluice.config.GoldTable;
import io.sluice.config.Holidays;
import io.sluice.config.Layout;
import io.sluice.config.Lookup;
import io.sluice.config.Measure;
import io.sluice.config.Order;
import io.sluice.config.Reference;
import io.sluice.config.RowRule;
import io.sluice.config.SilverTable;
import io.sluice.config.Source;
import io.sluice.config.SourceBuilder;
import io.sluice.config.TableEnd;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DefinitionsTest {
  private static final Drift ADDING =
      new Drift(Drift.Policy.ADD_NULLABLE, Drift.Policy.FAIL, Drift.Policy.FAIL, Drift.Policy.FAIL);
  private static final TableEnd END = new TableEnd(false, "Total", "", List.of());
  private static final Column ID =
      ColumnBuilder.text("id").headers("ID").required().pattern("[A-Z]+").build();
  private static final Column DAY =
      ColumnBuilder.column("day", ColumnType.Kind.DATE).required().build();

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
        declared()
            .description("Custody holdings")
            .owner("operations")
            .expectedBy(new ExpectedBy(LocalTime.of(7, 30), 1))
            .columns(id().description("An id").build())
            .limits(SourceBuilder.limits(new BigDecimal("0.5"), 10))
            .build();

    assertThat(Definitions.contract(described)).isEqualTo(Definitions.contract(source));
    assertThat(silver(described)).isEqualTo(silver(source));
  }

  @Test
  void ofAContractChangeWithEverythingThatShapesARow() {
    List<Source> sources =
        List.of(
            source(ID),
            source(id().name("key").build()),
            source(id().headers("Identifier").build()),
            source(id().headers("ID", "Key").build()),
            source(id().headers("ID, Key").build()),
            source(id().type(ColumnType.of(ColumnType.Kind.LONG)).build()),
            source(id().type(ColumnType.decimal(10, 2)).build()),
            source(id().type(ColumnType.decimal(10, 3)).build()),
            source(id().required(false).build()),
            source(id().pattern("").build()),
            declared().slice("id").build(),
            declared().order(new Order(Order.By.NAME_PATTERN, "_v(\\d+)")).build(),
            declared().end(new TableEnd(true, "Total", "", List.of())).build(),
            declared().end(new TableEnd(false, "", "", List.of())).build(),
            declared().end(new TableEnd(false, "Total", "Source", List.of())).build(),
            declared().end(new TableEnd(false, "Total", "", List.of("id"))).build(),
            declared().above(new AboveCell(DAY, "", "", "B2")).build(),
            declared().above(new AboveCell(DAY, "", "", "B3")).build(),
            declared().above(new AboveCell(DAY, "As of", "", "")).build(),
            declared().above(new AboveCell(DAY, "As o", "f", "")).build());

    assertThat(sources.stream().map(Definitions::contract)).doesNotHaveDuplicates();
    assertThat(sources.stream().map(DefinitionsTest::silver)).doesNotHaveDuplicates();
  }

  @Test
  void ofAContractChangeWithWhatDecidesWhichFilesAreAcceptedAndThoseOfSilverDoNot() {
    Source source = source(ID);
    List<Source> sources =
        List.of(
            source,
            declared().files("*.xls").build(),
            declared().layout(Layout.of("Holdings", 20)).build(),
            declared().layout(Layout.of("", 30)).build(),
            declared()
                .drift(
                    new Drift(
                        Drift.Policy.FAIL, Drift.Policy.FAIL, Drift.Policy.FAIL, Drift.Policy.FAIL))
                .build());

    assertThat(sources.stream().map(Definitions::contract)).doesNotHaveDuplicates();
    assertThat(sources.stream().map(DefinitionsTest::silver).collect(Collectors.toSet()))
        .isEqualTo(Set.of(silver(source)));
  }

  @Test
  void rowsInBronzeAreTheSameUnderAContractThatAsksForTheSameTexts() {
    String before = Definitions.contract(source(ID));
    Column otherRules =
        id().type(ColumnType.of(ColumnType.Kind.LONG)).required(false).pattern("").build();

    assertThat(Definitions.sameRows(before, Definitions.contract(source(otherRules)))).isTrue();
    assertThat(
            Definitions.sameRows(before, Definitions.contract(declared().files("*.xls").build())))
        .isTrue();
    assertThat(
            Stream.of(
                    source(id().name("key").build()),
                    source(id().headers("Key").build()),
                    declared().slice("id").build(),
                    declared().end(new TableEnd(true, "Total", "", List.of())).build(),
                    declared().layout(Layout.of("Holdings", 20)).build())
                .map(Definitions::contract))
        .noneMatch(contract -> Definitions.sameRows(before, contract));
  }

  @Test
  void rowsInBronzeAreOthersWhereTheirSliceOrTheirOrderIsReadOtherwise() {
    Column otherRules = id().type(ColumnType.of(ColumnType.Kind.LONG)).build();
    Order byCell = new Order(Order.By.ABOVE, "day");
    Column otherDay =
        ColumnBuilder.like(DAY).type(ColumnType.of(ColumnType.Kind.TIMESTAMP)).build();

    assertThat(
            Definitions.sameRows(
                Definitions.contract(declared().slice("id").build()),
                Definitions.contract(declared().slice("id").columns(otherRules).build())))
        .isFalse();
    assertThat(
            Definitions.sameRows(
                Definitions.contract(
                    declared().order(byCell).above(new AboveCell(DAY, "As of", "", "")).build()),
                Definitions.contract(
                    declared()
                        .order(byCell)
                        .above(new AboveCell(otherDay, "As of", "", ""))
                        .build())))
        .isFalse();
  }

  @Test
  void bronzeHasOtherRowsOnceCellsOutsideTheContractAreKept() {
    String before = Definitions.contract(source(ID));
    Source kept = declared().keepUnknown().build();
    Source added = declared().drift(ADDING).build();

    assertThat(Definitions.sameRows(before, Definitions.contract(kept))).isFalse();
    assertThat(Definitions.sameRows(Definitions.contract(kept), Definitions.contract(added)))
        .isTrue();
    assertThat(silver(kept)).isEqualTo(silver(source(ID)));
    assertThat(Definitions.servesRows(before, kept)).isTrue();
    assertThat(Definitions.servesRows(Definitions.contract(kept), source(ID))).isTrue();
    assertThat(Definitions.servesRows(before, added)).isFalse();
    assertThat(Definitions.servesRows(before, source(id().headers("Key").build()))).isFalse();
    assertThat(silver(added)).isNotEqualTo(silver(source(ID)));
    assertThat(silver(declared().drift(ADDING).dropped("Tax").build())).isNotEqualTo(silver(added));
  }

  @Test
  void whatIsDroppedLaterIsReadAgainWhereItMayHaveBeenKept() {
    for (Source source :
        List.of(declared().drift(ADDING).build(), declared().keepUnknown().build())) {
      Source dropping = SourceBuilder.like(source).dropped("E-mail").build();
      String before = Definitions.contract(source);
      assertThat(Definitions.sameRows(before, Definitions.contract(dropping))).isFalse();
      assertThat(Definitions.servesRows(before, dropping)).isEqualTo(!source.addsColumns());
    }
    assertThat(
            Definitions.sameRows(
                Definitions.contract(source(ID)),
                Definitions.contract(declared().dropped("E-mail").build())))
        .isTrue();
  }

  @Test
  void ofASilverTableChangeWithTheZoneOfItsTimestampsAlone() {
    Source timed = source(id().type(ColumnType.of(ColumnType.Kind.TIMESTAMP)).build());
    SilverTable table = silverTable(List.of("id"), Optional.empty(), SilverTable.Duplicates.FAIL);
    ZoneId berlin = ZoneId.of("Europe/Berlin");

    assertThat(Definitions.silver(table, timed, berlin))
        .isNotEqualTo(Definitions.silver(table, timed, ZoneOffset.UTC))
        .isNotEqualTo(Definitions.silver(table, timed, ZoneId.of("Europe/London")));
    assertThat(Definitions.silver(table, timed, ZoneId.of("UTC")))
        .isEqualTo(Definitions.silver(table, timed, ZoneOffset.UTC));
    assertThat(Definitions.silver(table, source(ID), berlin))
        .isEqualTo(Definitions.silver(table, source(ID), ZoneOffset.UTC));
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

    assertThat(Definitions.silver(described, source(ID), ZoneOffset.UTC))
        .isEqualTo(Definitions.silver(table, source(ID), ZoneOffset.UTC));
  }

  @Test
  void ofASilverTableChangeWithItsKeyPartitionsDuplicatesRulesAndReferences() {
    SilverTable plain = silverTable(List.of("id"), Optional.empty(), SilverTable.Duplicates.FAIL);
    Reference known = new Reference("known", List.of("id"), "masters", List.of("id"));
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
                    new RowRule("positive", "id >= 0")),
                plain.referringTo(List.of(known)),
                plain.referringTo(
                    List.of(new Reference("known", List.of("id"), "masters", List.of("isin")))),
                plain.deletedWhen("id = 0"))
            .map(table -> Definitions.silver(table, source(ID), ZoneOffset.UTC))
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

  @Test
  void ofAStarWithoutNewWordsStayAsTheyWere() {
    assertThat(
            Definitions.gold(
                gold(
                    new GoldTable.Fact(
                        "s", List.of("id"), "day", List.of("dim_a"), List.of("value")),
                    Optional.of("day"))))
        .isEqualTo("3a62865fff99e54a");
    assertThat(
            Definitions.gold(
                gold(
                    new GoldTable.Calendar(LocalDate.of(2020, 1, 1), LocalDate.of(2030, 12, 31)),
                    Optional.empty())))
        .isEqualTo("b3e20f0cb9a7fa0b");
  }

  @Test
  void ofAFactChangeWithWhatShapesItsRows() {
    Lookup plain = Lookup.of("dim_a");
    Lookup role = new Lookup("dim_a", "b", List.of("b_id"), Lookup.Cardinality.MANY_TO_ONE);
    Lookup single = new Lookup("dim_a", "", List.of(), Lookup.Cardinality.ONE_TO_ONE);
    Measure value = Measure.of("value");
    Measure price = new Measure("value", Measure.Additive.NONE, List.of());
    String hash = hash(List.of(), List.of(plain), List.of(), value);

    assertThat(
            List.of(
                hash,
                hash(List.of("settled"), List.of(plain), List.of(), value),
                hash(List.of(), List.of(role), List.of(), value),
                hash(List.of(), List.of(plain, role), List.of(), value),
                hash(List.of(), List.of(plain), List.of("settled"), value)))
        .doesNotHaveDuplicates();
    assertThat(hash(List.of(), List.of(single), List.of(), price)).isEqualTo(hash);
  }

  @Test
  void ofACalendarChangeWithItsFiscalYearAndWithWhatTheFileOfHolidaysSays() {
    SortedMap<LocalDate, String> days = new TreeMap<>(Map.of(LocalDate.of(2024, 1, 1), "A"));
    SortedMap<LocalDate, String> others = new TreeMap<>(Map.of(LocalDate.of(2024, 1, 1), "B"));

    assertThat(
            List.of(
                hash(null, null),
                hash(new FiscalYear(4, FiscalYear.NamedBy.END), null),
                hash(new FiscalYear(4, FiscalYear.NamedBy.START), null),
                hash(null, new Holidays(Path.of("a.csv"), days)),
                hash(null, new Holidays(Path.of("a.csv"), others))))
        .doesNotHaveDuplicates();
    assertThat(hash(null, new Holidays(Path.of("a.csv"), days)))
        .isEqualTo(hash(null, new Holidays(Path.of("b.csv"), days)));
  }

  private static String hash(
      List<String> dates, List<Lookup> lookups, List<String> degenerate, Measure measure) {
    return Definitions.gold(
        gold(
            new GoldTable.Fact(
                "s",
                GoldTable.Fact.Kind.SNAPSHOT,
                List.of("id"),
                "day",
                dates,
                lookups,
                degenerate,
                List.of(measure)),
            Optional.empty()));
  }

  private static String hash(FiscalYear fiscal, Holidays holidays) {
    return Definitions.gold(
        gold(
            new GoldTable.Calendar(
                LocalDate.of(2020, 1, 1),
                LocalDate.of(2030, 12, 31),
                Optional.ofNullable(fiscal),
                Optional.ofNullable(holidays)),
            Optional.empty()));
  }

  private static String silver(Source source) {
    return Definitions.silver(
        silverTable(List.of("id"), Optional.empty(), SilverTable.Duplicates.FAIL),
        source,
        ZoneOffset.UTC);
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
    return declared().columns(column).build();
  }

  private static SourceBuilder declared() {
    return SourceBuilder.source("holdings").columns(ID).end(END);
  }

  private static ColumnBuilder id() {
    return ColumnBuilder.like(ID);
  }
}
