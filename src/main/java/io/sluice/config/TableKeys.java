package io.sluice.config;

import java.time.LocalDate;
import java.util.List;

/** The keys of silver and gold tables. */
final class TableKeys {
  static final Key<String> RULE_NAME =
      Key.required("name", Types.TEXT, "What rejects call the rule.");
  static final Key<String> RULE_ROW =
      Key.required(
          "row",
          Types.TEXT,
          "Spark SQL condition over the table's columns; a row for which it is unknown meets it.");
  static final Section RULES =
      Section.listed(
          "rules",
          "rule",
          "Conditions that every row must meet; a row that does not is rejected.",
          List.of(RULE_NAME, RULE_ROW));

  static final Key<String> REFERENCE_NAME =
      Key.required("name", Types.TEXT, "What rejects call it.");
  static final Key<List<String>> REFERENCE_COLUMNS =
      Key.required(
          "columns",
          Types.NAMES,
          "Columns of this table; a row with a NULL among them refers to nothing.");
  static final Key<String> REFERENCE_IN =
      Key.required("in", Types.NAME, "The silver table in which their values must be.");
  static final Key<List<String>> REFERENCE_KEY =
      Key.optional(
          "key",
          Types.NAMES,
          "The columns of that table, in the same order; without it, those of the same names.");
  static final Section REFERENCES =
      Section.listed(
          "references",
          "reference",
          "Values that must be in another silver table; a row whose values are not is rejected, and"
              + " comes back once they are.",
          List.of(REFERENCE_NAME, REFERENCE_COLUMNS, REFERENCE_IN, REFERENCE_KEY));

  static final Key<String> PARTITION_BY_DATE =
      Key.optional(
          "partition-by-date",
          Types.NAME,
          "Date column whose year, month and day partition the table; without it, it is not"
              + " partitioned.");

  static final Key<String> SILVER_FROM =
      Key.required("from", Types.NAME, "The source that it is made of.");
  static final Key<List<String>> SILVER_KEY =
      Key.required(
          "key", Types.NAMES, "Columns that identify a row; the source's slice is part of them.");
  static final Key<SilverTable.Duplicates> DUPLICATES =
      Key.defaulted(
          "duplicates",
          Types.oneOf(SilverTable.Duplicates.class),
          "fail",
          "Which of several different rows with one key counts: none of them (fail), the first or"
              + " the last (latest) in the sheet.");
  static final Key<String> DELETED_WHEN =
      Key.optional(
          "deleted-when",
          Types.TEXT,
          "Spark SQL condition over the table's columns; a row for which it holds says that its key"
              + " is gone, and is not kept.");
  static final Section SILVER =
      Section.named(
          "silver",
          "silver",
          "A typed, checked table over one source.",
          List.of(
              PlaceKeys.DESCRIPTION,
              PlaceKeys.OWNER,
              SILVER_FROM,
              SILVER_KEY,
              PARTITION_BY_DATE,
              DUPLICATES,
              DELETED_WHEN),
          RULES,
          REFERENCES,
          GateKeys.GATE);

  static final Key<LocalDate> CALENDAR_FROM = Key.required("from", Types.DATE, "The first day.");
  static final Key<LocalDate> CALENDAR_TO = Key.required("to", Types.DATE, "The last day.");
  static final Key<Integer> FISCAL_YEAR_STARTS =
      Key.optional(
          "fiscal-year-starts",
          Types.whole(1, 12),
          "The month that begins with a fiscal year; brings fiscal_year, fiscal_quarter and"
              + " fiscal_month.");
  static final Key<FiscalYear.NamedBy> FISCAL_YEAR_NAMED_BY =
      Key.defaulted(
          "fiscal-year-named-by",
          Types.oneOf(FiscalYear.NamedBy.class),
          "end",
          "Whether a fiscal year has the number of the calendar year in which it ends, or of that in"
              + " which it starts.");
  static final Key<String> HOLIDAYS =
      Key.optional(
          "holidays",
          Types.TEXT,
          "File of lines `2024-01-01,New Year's Day`, relative to the pipeline file: these days are"
              + " no business days; brings is_holiday, holiday_name, is_month_end_business_day and"
              + " previous_business_day.");
  static final Section CALENDAR =
      Section.one(
          "calendar",
          "One row a day.",
          List.of(CALENDAR_FROM, CALENDAR_TO, FISCAL_YEAR_STARTS, FISCAL_YEAR_NAMED_BY, HOLIDAYS));

  static final Key<List<String>> DIMENSION_FROM =
      Key.required(
          "from",
          Types.NAMES,
          "Silver tables that know it: of several that know an attribute on a day, the first wins.");
  static final Key<List<String>> DIMENSION_KEY =
      Key.required("key", Types.NAMES, "Columns of the business key.");
  static final Key<String> AS_OF =
      Key.required("as-of", Types.NAME, "Date column that says when a row was true.");
  static final Key<List<String>> FIXED =
      Key.defaulted("fixed", Types.NAMES, "[]", "Attributes that keep their first value (type 0).");
  static final Key<List<String>> HISTORY =
      Key.defaulted(
          "history", Types.NAMES, "[]", "Attributes whose changes make new versions (type 2).");
  static final Key<List<String>> OVERWRITE =
      Key.defaulted(
          "overwrite", Types.NAMES, "[]", "Attributes that show their latest value (type 1).");
  static final Section DIMENSION =
      Section.one(
          "dimension",
          "A dimension with history.",
          List.of(DIMENSION_FROM, DIMENSION_KEY, AS_OF, FIXED, HISTORY, OVERWRITE));

  static final Key<String> FACT_FROM =
      Key.required("from", Types.NAME, "The silver table that it is made of.");
  static final Key<GoldTable.Fact.Kind> FACT_KIND =
      Key.defaulted(
          "kind",
          Types.oneOf(GoldTable.Fact.Kind.class),
          "snapshot",
          "What a row is: how something stood on a day (snapshot), or an event (transaction).");
  static final Key<List<String>> GRAIN =
      Key.required(
          "grain",
          Types.NAMES,
          "Columns that identify a row, the date among them; a date on which two rows share them is"
              + " held.");
  static final Key<String> FACT_DATE =
      Key.required(
          "date",
          Types.NAME,
          "The business date: joins the calendar and selects the version of each dimension.");
  static final Key<List<String>> FACT_DATES =
      Key.defaulted(
          "dates",
          Types.NAMES,
          "[]",
          "Further date columns that join the calendar: settle_date gives settle_date_key, which is"
              + " NULL where the date is.");
  static final Key<List<Lookup>> DIMENSIONS =
      Key.defaulted(
          "dimensions",
          FactTypes.LOOKUPS,
          "[]",
          "Dimension tables that it refers to, not the calendar; in a role, by other columns, and"
              + " with cardinality = many-to-one or one-to-one, where they say so.");
  static final Key<List<String>> DEGENERATE =
      Key.defaulted(
          "degenerate",
          Types.NAMES,
          "[]",
          "Columns that are carried along without a dimension, e.g. the number of a trade; those of"
              + " the grain are anyway.");
  static final Key<List<Measure>> MEASURES =
      Key.required(
          "measures",
          FactTypes.MEASURES,
          "Numeric columns; additive = all, none, or { except = date } (or dimensions) says along"
              + " what they may be summed.");
  static final Section FACT =
      Section.one(
          "fact",
          "A fact table.",
          List.of(
              FACT_FROM,
              FACT_KIND,
              GRAIN,
              FACT_DATE,
              FACT_DATES,
              DIMENSIONS,
              DEGENERATE,
              MEASURES));

  static final Key<String> SQL =
      Key.optional(
          "sql",
          Types.TEXT,
          "File with the one SELECT that computes the table; relative to the pipeline file.");
  static final Key<String> SQL_DATE =
      Key.optional(
          "date",
          Types.NAME,
          "With sql: its business date column, so that only changed dates are computed;"
              + " partition-by-date implies it; without both, the table is recomputed whole.");
  static final Key<Integer> READS =
      Key.defaulted(
          "reads",
          DomainTypes.READS,
          "none",
          "With sql and a date: what the SELECT looks at beside the changed dates.");
  static final Key<List<ControlTotal>> CONTROL =
      Key.defaulted(
          "control",
          FactTypes.CONTROL,
          "{}",
          "With sql and a date: columns whose sum on each date must be that of a measure of a fact"
              + " table; a date on which it is not is held.");
  static final Section GOLD =
      Section.named(
          "gold",
          "gold",
          "A table of the star schema, of exactly one kind: calendar, dimension, fact or sql.",
          List.of(
              PlaceKeys.DESCRIPTION,
              PlaceKeys.OWNER,
              PARTITION_BY_DATE,
              SQL,
              SQL_DATE,
              READS,
              CONTROL),
          CALENDAR,
          DIMENSION,
          FACT,
          GateKeys.GATE);

  static final Key<String> METRIC_SQL =
      Key.required(
          "sql",
          Types.TEXT,
          "Spark SQL aggregate over the columns of one table, as SUM(quantity).");
  static final Key<String> METRIC_OVER =
      Key.required("over", Types.NAME, "The silver or gold table whose rows it measures.");
  static final Section METRICS =
      Section.named(
          "metrics",
          "metric",
          "What is measured, defined once; in the SQL of a gold table, metric(NAME) stands for it.",
          List.of(PlaceKeys.DESCRIPTION, PlaceKeys.OWNER, METRIC_SQL, METRIC_OVER));

  /** Everything that a pipeline file may hold. */
  static final Section ROOT =
      Section.one(
          "",
          "One file describes one pipeline.",
          List.of(),
          PlaceKeys.PIPELINE,
          PlaceKeys.LANDING,
          PlaceKeys.LAKE,
          PlaceKeys.WAREHOUSE,
          PlaceKeys.BATCH,
          PlaceKeys.SPARK,
          SourceKeys.SOURCES,
          SILVER,
          GOLD,
          METRICS,
          PlaceKeys.PUBLISH);

  private TableKeys() {}
}
