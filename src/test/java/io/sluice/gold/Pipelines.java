package io.sluice.gold;

import io.sluice.config.ColumnBuilder;
import io.sluice.config.ColumnType;
import io.sluice.config.GoldTable;
import io.sluice.config.Pipeline;
import io.sluice.config.PipelineBuilder;
import io.sluice.config.SilverTable;
import io.sluice.config.Source;
import io.sluice.config.SourceBuilder;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
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
    return PipelineBuilder.pipeline("test")
        .sources(
            source("holdings", "as_of_date"), source("prices", "as_of_date"), source("securities"))
        .silver(
            silver("stg_holdings", "holdings", Optional.of("as_of_date")),
            silver("stg_prices", "prices", Optional.empty()),
            silver("stg_securities", "securities", Optional.empty()))
        .gold(models)
        .gold(
            table("fact_holdings", HOLDINGS),
            table("dim_security", SECURITY),
            table(
                "dim_date",
                new GoldTable.Calendar(LocalDate.of(2020, 1, 1), LocalDate.of(2035, 12, 31))))
        .build();
  }

  /** These tables alone. */
  static Pipeline of(GoldTable... tables) {
    return PipelineBuilder.pipeline("test").gold(tables).build();
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

  static GoldTable table(String name, GoldTable.Shape shape) {
    return new GoldTable(name, "", "", shape, Optional.empty(), List.of());
  }

  private static SilverTable silver(String name, String from, Optional<String> date) {
    return new SilverTable(
        name, "", "", from, List.of(), date, SilverTable.Duplicates.FAIL, List.of(), List.of());
  }

  private static Source source(String name, String... slice) {
    return SourceBuilder.source(name)
        .slice(slice)
        .columns(
            ColumnBuilder.column("as_of_date", ColumnType.Kind.DATE)
                .headers("As of")
                .required()
                .build())
        .build();
  }
}
