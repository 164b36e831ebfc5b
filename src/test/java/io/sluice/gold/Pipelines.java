package io.sluice.gold;

import io.sluice.config.Column;
import io.sluice.config.ColumnType;
import io.sluice.config.GoldTable;
import io.sluice.config.Pipeline;
import io.sluice.config.SilverTable;
import io.sluice.config.Source;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The reference star schema without what gold does not read, and SQL models beside it. */
final class Pipelines {
  static final GoldTable.Dimension SECURITY =
      new GoldTable.Dimension(
          List.of("stg_securities"),
          List.of("security_id"),
          "as_of_date",
          List.of(),
          List.of("security_name"),
          List.of());
  static final GoldTable.Fact HOLDINGS =
      new GoldTable.Fact(
          "stg_holdings",
          List.of("portfolio_id", "security_id", "as_of_date"),
          "as_of_date",
          List.of("dim_security"),
          List.of("market_value"));

  private Pipelines() {}

  /** {@code models} are declared before everything that they could read. */
  static Pipeline with(GoldTable... models) {
    Map<String, GoldTable> gold = new LinkedHashMap<>();
    for (GoldTable model : models) {
      gold.put(model.name(), model);
    }
    add(gold, "fact_holdings", HOLDINGS);
    add(gold, "dim_security", SECURITY);
    add(
        gold,
        "dim_date",
        new GoldTable.Calendar(LocalDate.of(2020, 1, 1), LocalDate.of(2035, 12, 31)));
    Map<String, SilverTable> silver = new LinkedHashMap<>();
    silver.put("stg_holdings", silver("stg_holdings", "holdings", Optional.of("as_of_date")));
    silver.put("stg_prices", silver("stg_prices", "prices", Optional.empty()));
    silver.put("stg_securities", silver("stg_securities", "securities", Optional.empty()));
    Map<String, Source> sources = new LinkedHashMap<>();
    sources.put("holdings", source("holdings", List.of("as_of_date")));
    sources.put("prices", source("prices", List.of("as_of_date")));
    sources.put("securities", source("securities", List.of()));
    return new Pipeline(
        "test",
        "conf/test.conf",
        ZoneOffset.UTC,
        "landing",
        null,
        null,
        null,
        sources,
        silver,
        gold,
        List.of(),
        Map.of());
  }

  /** A model over all of its inputs. */
  static GoldTable whole(String name, String sql) {
    return model(name, sql, Optional.empty(), 0, Optional.empty());
  }

  /** A model by {@code as_of_date}. */
  static GoldTable dated(String name, String sql, int readsDaysBack) {
    return model(name, sql, Optional.of("as_of_date"), readsDaysBack, Optional.empty());
  }

  /** A model partitioned by {@code as_of_date}. */
  static GoldTable partitioned(String name, String sql) {
    return model(name, sql, Optional.of("as_of_date"), 0, Optional.of("as_of_date"));
  }

  private static GoldTable model(
      String name,
      String sql,
      Optional<String> date,
      int readsDaysBack,
      Optional<String> partitionByDate) {
    Path file = Path.of("sql", name + ".sql");
    return new GoldTable(
        name,
        "",
        "",
        new GoldTable.SqlModel(file, sql, date, readsDaysBack),
        partitionByDate,
        List.of());
  }

  private static void add(Map<String, GoldTable> gold, String name, GoldTable.Shape shape) {
    gold.put(name, new GoldTable(name, "", "", shape, Optional.empty(), List.of()));
  }

  private static SilverTable silver(String name, String from, Optional<String> date) {
    return new SilverTable(
        name, "", "", from, List.of(), date, SilverTable.Duplicates.FAIL, List.of(), List.of());
  }

  private static Source source(String name, List<String> slice) {
    Column date =
        new Column(
            "as_of_date",
            "",
            List.of("As of"),
            ColumnType.of(ColumnType.Kind.DATE),
            true,
            List.of(),
            List.of(),
            "",
            List.of(),
            Column.ScaleExcess.REJECT,
            Column.Blanks.KEEP);
    return new Source(
        name,
        "",
        "",
        "*.xlsx",
        "",
        20,
        slice,
        null,
        null,
        List.of(),
        List.of(date),
        null,
        null,
        null);
  }
}
