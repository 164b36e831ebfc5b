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
  static final Section CALENDAR =
      Section.one("calendar", "One row a day.", List.of(CALENDAR_FROM, CALENDAR_TO));

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
  static final Key<List<String>> GRAIN =
      Key.required("grain", Types.NAMES, "Columns that identify a row.");
  static final Key<String> FACT_DATE =
      Key.required(
          "date",
          Types.NAME,
          "The business date: joins the calendar and selects the version of each dimension.");
  static final Key<List<String>> DIMENSIONS =
      Key.defaulted(
          "dimensions", Types.NAMES, "[]", "Dimension tables that it refers to; not the calendar.");
  static final Key<List<String>> MEASURES =
      Key.required("measures", Types.NAMES, "Numeric columns.");
  static final Section FACT =
      Section.one(
          "fact", "A fact table.", List.of(FACT_FROM, GRAIN, FACT_DATE, DIMENSIONS, MEASURES));

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
  static final Section GOLD =
      Section.named(
          "gold",
          "gold",
          "A table of the star schema, of exactly one kind: calendar, dimension, fact or sql.",
          List.of(PlaceKeys.DESCRIPTION, PlaceKeys.OWNER, PARTITION_BY_DATE, SQL, SQL_DATE, READS),
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
