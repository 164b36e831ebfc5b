package io.sluice.config;

import java.time.Duration;
import java.time.ZoneId;
import java.util.List;

/** The keys that say what a pipeline is called, where things lie, and how much is done at once. */
final class PlaceKeys {
  static final Key<String> PIPELINE_NAME =
      Key.required("name", Types.NAME, "Names the pipeline in lake and warehouse.");
  static final Key<ZoneId> ZONE =
      Key.defaulted(
          "zone", Types.ZONE, "UTC", "Zone of cell timestamps, expected-by and the Spark session.");
  static final Section PIPELINE =
      Section.one("pipeline", "What the pipeline is.", List.of(PIPELINE_NAME, ZONE));

  static final Key<String> LANDING_ROOT =
      Key.defaulted(
          "root",
          DomainTypes.PLACE,
          "data/landing",
          "Where workbooks arrive; a relative folder lies in the project directory.");
  static final Key<Duration> SETTLE =
      Key.defaulted(
          "settle",
          DomainTypes.DURATION,
          "2 seconds",
          "A file of a folder that was written less than this ago may still be being written, and is"
              + " left for the next run; 0 seconds takes it. Objects in a store appear whole.");
  static final Key<Integer> HOT =
      Key.defaulted(
          "hot",
          DomainTypes.DAYS,
          "31 days",
          "A folder of a date (year=2024/month=01/day=15, 2024-01-15) that is so much older than the"
              + " newest one its source has seen, and known, is listed by sweeps only.");
  static final Key<Duration> SWEEP_EVERY =
      Key.defaulted(
          "sweep-every",
          DomainTypes.DURATION,
          "7 days",
          "How long a run may go without listing everything.");
  static final Section LANDING =
      Section.one(
          "landing",
          "Where workbooks arrive. It is only ever read.",
          List.of(LANDING_ROOT, SETTLE, HOT, SWEEP_EVERY));

  static final Key<String> BRONZE_ROOT =
      Key.optional("bronze", DomainTypes.PLACE, "Root of the bronze layer; without it, lake.root.");
  static final Key<String> SILVER_ROOT =
      Key.optional("silver", DomainTypes.PLACE, "Root of the silver layer; without it, lake.root.");
  static final Key<String> GOLD_ROOT =
      Key.optional("gold", DomainTypes.PLACE, "Root of the gold layer; without it, lake.root.");
  static final Key<String> OPS_ROOT =
      Key.optional("ops", DomainTypes.PLACE, "Root of the ops tables; without it, lake.root.");
  static final Section ROOTS =
      Section.one(
          "roots",
          "Roots of single layers that do not lie under lake.root.",
          List.of(BRONZE_ROOT, SILVER_ROOT, GOLD_ROOT, OPS_ROOT));

  static final Key<String> LAKE_ROOT =
      Key.defaulted(
          "root",
          DomainTypes.PLACE,
          "data/lake",
          "Where the Delta tables lie, each at <root>/<pipeline>/<layer>/<table>.");
  static final Key<String> COMPRESSION =
      Key.defaulted("compression", DomainTypes.CODEC, "zstd", "How Parquet files are compressed.");
  static final Section LAKE =
      Section.one("lake", "The Delta lake.", List.of(LAKE_ROOT, COMPRESSION), ROOTS);

  static final Key<String> URL =
      Key.defaulted(
          "url",
          DomainTypes.WAREHOUSE_URL,
          "embedded",
          "The PostgreSQL server to publish to; embedded starts one of our own.");
  static final Key<String> SCHEMA =
      Key.optional(
          "schema", Types.NAME, "Schema of the published tables; without it, the pipeline's name.");
  static final Key<Secret> USER =
      Key.defaulted(
          "user",
          DomainTypes.SECRET,
          "\"env:SLUICE_WAREHOUSE_USER\"",
          "Where the user name for a server that is not embedded is found.");
  static final Key<Secret> PASSWORD =
      Key.defaulted(
          "password",
          DomainTypes.SECRET,
          "\"env:SLUICE_WAREHOUSE_PASSWORD\"",
          "Where the password for a server that is not embedded is found.");
  static final Key<String> DATA_DIRECTORY =
      Key.defaulted(
          "data-directory",
          DomainTypes.FOLDER,
          "data/warehouse",
          "Where the embedded server keeps its data.");
  static final Key<Integer> PORT =
      Key.defaulted(
          "port", Types.whole(0, 65535), "0", "Port of the embedded server; 0 for any free one.");
  static final Key<Integer> MAX_CONNECTIONS =
      Key.defaulted(
          "max-connections",
          Types.whole(1, 100),
          "4",
          "How many connections a publish may hold at once.");
  static final Section WAREHOUSE =
      Section.one(
          "warehouse",
          "The PostgreSQL copy of gold.",
          List.of(URL, SCHEMA, USER, PASSWORD, DATA_DIRECTORY, PORT, MAX_CONNECTIONS));

  static final Key<Integer> MAX_FILES =
      Key.defaulted(
          "max-files", Types.whole(1, 1_000_000), "2000", "Most workbooks that one batch takes.");
  static final Key<Long> MAX_BYTES =
      Key.defaulted(
          "max-bytes", Types.BYTES, "2GiB", "Most bytes of workbooks that one batch takes.");
  static final Section BATCH =
      Section.one(
          "batch",
          "How much of a run is carried to the warehouse at once; the first limit reached counts.",
          List.of(MAX_FILES, MAX_BYTES));

  static final Section SPARK =
      Section.free(
          "spark",
          "Settings passed on to the Spark session, named as Spark names them"
              + " (spark.sql.shuffle.partitions = 8).");

  static final Key<List<String>> PUBLISHED =
      Key.defaulted("tables", Types.NAMES, "[]", "Names of the gold tables to publish.");
  static final Section PUBLISH =
      Section.one("publish", "What goes to the warehouse.", List.of(PUBLISHED));

  /** Used by several kinds of tables. */
  static final Key<String> DESCRIPTION =
      Key.defaulted("description", Types.TEXT, "\"\"", "What it is, in a sentence.");

  static final Key<String> OWNER =
      Key.defaulted("owner", Types.TEXT, "\"\"", "Who answers for its content.");

  private PlaceKeys() {}
}
