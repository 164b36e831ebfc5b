package io.sluice.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.error.ExitCode;
import io.sluice.error.SluiceException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MistakesTest {
  @TempDir Path folder;

  @Test
  void theSmallPipelineIsCorrect() {
    Pipeline pipeline = Pipelines.in(folder).load(Pipelines.CORRECT).pipeline();
    assertThat(pipeline.gold().keySet())
        .containsExactly("dim_date", "dim_security", "fact_holdings");
  }

  @Test
  void allMistakesAreReportedAtOnceEachWithFileAndLine() {
    String content =
        Pipelines.CORRECT
            .replace("slice = [", "slcie = [")
            .replace("type = \"decimal(20,6)\"", "type = \"decimal(50,6)\"")
            .replace("dimensions = [dim_security]", "dimensions = [dim_securty]");
    SluiceException refusal = Pipelines.in(folder).refusal(content, Optional.empty());
    assertThat(refusal.problem())
        .isEqualTo("The pipeline file " + folder + "/small.conf has 4 mistakes");
    assertThat(refusal.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(Pipelines.in(folder).mistakes(content))
        .containsExactly(
            "small.conf:3: the key sources.holdings.slice is missing: columns whose values name the"
                + " part of the table that one workbook restates whole",
            "small.conf:5: unknown key sources.holdings.slcie; did you mean slice?",
            "small.conf:11: sources.holdings.columns.price.type is \"decimal(50,6)\", but must be one"
                + " of string, int, bigint, decimal(p,s), date, timestamp, boolean: decimal(50,6)"
                + " needs 1 <= precision <= 38 and 0 <= scale <= precision",
            "small.conf:28: gold.fact_holdings.fact.dimensions names dim_securty, which is not a gold"
                + " table; did you mean dim_security?");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          pipeline.name = small | pipelin.name = small | small.conf:1: unknown key pipelin; did you mean pipeline?
          pipeline.name = small | pipeline.name = Small-1 | small.conf:1: pipeline.name is "Small-1", but must be a name of small letters, digits and _ that begins with a letter (at most 63 characters)
          pipeline.name = small | pipeline { name = small, zone = Mars } | small.conf:1: pipeline.zone is "Mars", but must be a time zone such as UTC or Europe/Berlin
          from = holdings | from = holding | small.conf:15: silver.stg_holdings.from names the source holding, which is not declared; did you mean holdings?
          key = [portfolio_id, security_id, as_of_date] | key = [portfolio_id, securityid, as_of_date] | small.conf:16: silver.stg_holdings.key names securityid, which is not a column of the source holdings; did you mean security_id?
          key = [portfolio_id, security_id, as_of_date] | key = [portfolio_id, security_id] | small.conf:16: silver.stg_holdings.key must include as_of_date, because the source holdings is sliced by it
          slice = [portfolio_id, as_of_date] | slice = [portfolio_id, as_of_date], keep-unknown = true, drift.unknown = fail | small.conf:5: sources.holdings.keep-unknown = true keeps cells of workbooks that drift.unknown = fail refuses; set that to warn
          slice = [portfolio_id, as_of_date] | slice = [portfolio_id, as_of] | small.conf:5: sources.holdings.slice names as_of, which is not a column of the source
          slice = [portfolio_id, as_of_date] | slice = [security_name] | small.conf:5: sources.holdings.slice names security_name, which must then be required = true
          partition-by-date = as_of_date | partition-by-date = security_id | small.conf:17: silver.stg_holdings.partition-by-date names security_id, which must be a date but is string in stg_holdings
          complete = price | complete = prise | small.conf:18: silver.stg_holdings.gate.1.complete names prise, which is not a column of the table; did you mean price?
          complete = price | compleet = price | small.conf:18: unknown key silver.stg_holdings.gate.1.compleet; did you mean complete?
          complete = price | complete = price, unique = price | small.conf:18: a check has exactly one kind (complete, unique, range, allowed, pattern, row, row-count), but this one has complete and unique
          complete = price | complete = price, min = 3 | small.conf:18: min has no meaning for a complete check
          complete = price | range = security_id, min = 3 | small.conf:18: silver.stg_holdings.gate.1.range must name a numeric column, but security_id is string
          complete = price | range = price | small.conf:18: a range check needs min, max or both
          complete = price | row-count { min = 9, max = 3 } | small.conf:18: min, 9, is greater than max, 3
          complete = price | pattern = security_id, matches = "[" | small.conf:18: silver.stg_holdings.gate.1.matches is "[", but must be a regular expression: Unclosed character class at character 1
          complete = price | complete = price, min-share = 99 | small.conf:18: silver.stg_holdings.gate.1.min-share is 99, but must be a share such as 1% or 0.01, between 0 and 1; for 99 percent write 99%
          complete = price | complete = price, severity = warn | small.conf:18: silver.stg_holdings.gate.1.severity is "warn", but must be one of error, warning
          header = "Name" | header = "security  ID" | small.conf:10: the header "security  ID" stands for both security_id and security_name
          header = "Name" | format = "dd-MM-yyyy" | small.conf:10: sources.holdings.columns.security_name.format is for dates and timestamps, but the type is string
          label = "As of" | label = "As of", format = "dd-mm-yyyy" | small.conf:6: sources.holdings.above.as_of_date.format has "dd-mm-yyyy", which is not a pattern of java.time for a date; did you mean dd-MM-yyyy?
          label = "As of" | label = "As of", extract = "As of .+" | small.conf:6: sources.holdings.above.as_of_date.extract needs a group, ( ), around the value: "As of (.+)"
          files = "holdings/*.xlsx" | files = "holdings/{a.xlsx" | small.conf:4: sources.holdings.files is "holdings/{a.xlsx", but must be a glob relative to landing.root such as holdings/**/*.xlsx: Missing '}
          files = "holdings/*.xlsx" | files = x, order { name-pattern = "_v\\\\d" } | small.conf:4: sources.holdings.order is {"name-pattern":"_v\\\\d"}, but must be modified-time, manifest-sequence, { name-pattern = "_v(\\\\d+)" } or { above = NAME }; the pattern needs a group, ( ), around the version
          files = "holdings/*.xlsx" | files = x, order { above = Version } | small.conf:4: sources.holdings.order is {"above":"Version"}, but must be modified-time, manifest-sequence, { name-pattern = "_v(\\\\d+)" } or { above = NAME }
          files = "holdings/*.xlsx" | files = x, order = manifest-sequence | small.conf:4: sources.holdings.order = manifest-sequence needs sources.holdings.manifest, which says what manifests are called
          files = "holdings/*.xlsx" | files = x, manifest = "../{stem}.json" | small.conf:4: sources.holdings.manifest is "../{stem}.json", but must be the name of a file such as "{stem}.manifest.json"; it lies in the folder of the workbooks
          files = "holdings/*.xlsx" | files = x, parts = "_part" | small.conf:4: sources.holdings.parts needs a group, ( ), around the part: "_(\\\\d+)of(\\\\d+)"
          files = "holdings/*.xlsx" | files = x, parts = "_p(.)" | small.conf:4: sources.holdings.parts needs a second group, ( ), around how many parts there are, or none could be missed: "_(\\\\d+)of(\\\\d+)"; where the names do not say it, let a manifest do so, sources.holdings.manifest
          files = "holdings/*.xlsx" | files = x, manifest = "{name}" | small.conf:4: sources.holdings.manifest is the name of the workbook itself; the manifest needs another one: "{stem}.manifest.json"
          files = "holdings/*.xlsx" | files = "*.xlsx", manifest = "{stem}.xlsx" | small.conf:4: sources.holdings.manifest is the name of the workbook itself; the manifest needs another one: "{stem}.manifest.json"
          files = "holdings/*.xlsx" | files = x, manifest = "{steam}.json" | small.conf:4: sources.holdings.manifest is "{steam}.json", but must be the name of a file such as "{stem}.manifest.json"; only {name} and {stem} are replaced
          files = "holdings/*.xlsx" | files = x, parts = "_(.)of(.)", lateness = 10 days | small.conf:4: sources.holdings.lateness is for workbooks that are deliveries of their own, and cannot stand with sources.holdings.parts: leave it out, or give the workbooks that may be late to a source without
          files = "holdings/*.xlsx" | files = x, parts = "_(.)of(.)", order { above = as_of_date } | small.conf:4: sources.holdings.parts: which workbooks are one delivery must be known before they are read, which it is not where a cell is their order
          files = "holdings/*.xlsx" | files = x, order { above = as_of } | small.conf:4: sources.holdings.order names as_of, which is not declared in above; declared there: as_of_date
          files = "holdings/*.xlsx" | files = x, expected-by = "7:30" | small.conf:4: sources.holdings.expected-by is "7:30", but must be a time such as "07:30", "07:30 next-business-day" or "07:30 2 business days later"
          files = "holdings/*.xlsx" | files = x, lateness = 10 | small.conf:4: sources.holdings.lateness is 10, but must be a number of days such as 31 days; say the unit, too
          slice = [portfolio_id, as_of_date] | slice = [portfolio_id], lateness = 10 days | small.conf:5: sources.holdings.lateness counts from the business date, so sources.holdings.slice must name exactly one column of type date
          price { type = "decimal(20,6)" } | price { type = date, required = true } }, slice = [as_of_date, price], lateness = 10 days, columns { | small.conf:11: sources.holdings.lateness counts from the business date, so sources.holdings.slice must name exactly one column of type date, and not as_of_date and price
          files = "holdings/*.xlsx" | files = x, limits.rejected-count = 1% | small.conf:4: sources.holdings.limits.rejected-count is "1%", but must be a whole number from 0 to 2147483647
          files = "holdings/*.xlsx" | files = x, header-within = fifty | small.conf:4: sources.holdings.header-within is "fifty", but must be a whole number from 1 to 10000
          files = "holdings/*.xlsx" | files = x, drift { unknown = ignore } | small.conf:4: sources.holdings.drift.unknown is "ignore", but must be one of fail, warn, add-nullable
          price { type = "decimal(20,6)" } | price { type = double } | small.conf:11: sources.holdings.columns.price.type is "double", but must be one of string, int, bigint, decimal(p,s), date, timestamp, boolean; money and quantities are decimal here, so that sums are exact
          security_name { header | sheet_row { type = int }, security_name { header | small.conf:10: sheet_row is a name that Sluice uses itself; choose another one for the column
          measures = [price] | measures = [security_name] | small.conf:29: gold.fact_holdings.fact.measures names security_name, which must be a number but is string in stg_holdings
          dimensions = [dim_security] | dimensions = [dim_date] | small.conf:28: dim_date is the calendar, which a fact joins by its date: leave it out of dimensions
          calendar { from = 2024-01-01, to = 2024-12-31 } | calendar { from = 2024-01-01, to = 2023-12-31 } | small.conf:21: the calendar ends on 2023-12-31, before it begins on 2024-01-01
          calendar { from = 2024-01-01, to = 2024-12-31 } | sql = "dates.sql" | small.conf:21: the SQL file dates.sql does not exist
          calendar { from = 2024-01-01, to = 2024-12-31 } | description = "nothing" | small.conf:21: a gold table is exactly one of calendar, dimension, fact or sql, but dim_date is none of them
          history = [security_name] | history = [sector] | small.conf:23: gold.dim_security.dimension.history names sector, which is not a column of stg_holdings; it has: as_of_date, portfolio_id, price, security_id, security_name
          history = [security_name] | history = [security_name], overwrite = [security_name] | small.conf:23: security_name stands in history and in overwrite; it can be one of both
          [dim_date, dim_security, fact_holdings] | [dim_dates, dim_date, dim_security] | small.conf:33: publish.tables names dim_dates, which is not a gold table; did you mean dim_date?
          [dim_date, dim_security, fact_holdings] | [dim_date, fact_holdings] | small.conf:33: publish.tables has fact_holdings, but not dim_security, to which it refers
          dim_date { calendar | stg_holdings { calendar | small.conf:21: there is a silver table called stg_holdings too; names must differ between silver and gold
          landing.root = "in" | warehouse.port = 70000 | small.conf:2: warehouse.port is 70000, but must be a whole number from 0 to 65535
          landing.root = "in" | lake.compression = gzip | small.conf:2: lake.compression is "gzip", but must be zstd or snappy
          landing.root = "in" | warehouse.data-directory = "s3a://b/x" | small.conf:2: warehouse.data-directory is not usable, but must be a folder on this machine, not a URI
          landing.root = "in" | lake = "data" | small.conf:2: lake is "data", but must be a block, { … }
          landing.root = "in" | defaults.column.requird = true | small.conf:2: unknown key defaults.column.requird; did you mean required?
          """)
  void eachMistakeIsExplainedWhereItStands(String part, String replacement, String mistake) {
    assertThat(Pipelines.in(folder).mistakesAfter(part, replacement)).contains(mistake);
  }

  @Test
  void oneMistakeIsReportedOnce() {
    assertThat(Pipelines.in(folder).mistakesAfter("type = \"decimal(20,6)\"", "type = money"))
        .hasSize(1);
    assertThat(Pipelines.in(folder).mistakesAfter("from = holdings", "from = holding")).hasSize(1);
    assertThat(Pipelines.in(folder).mistakesAfter("pipeline.name = small", "")).hasSize(1);
  }

  @Test
  void factWithoutCalendarIsAMistake() {
    String content =
        Pipelines.CORRECT
            .replace("dim_date { calendar { from = 2024-01-01, to = 2024-12-31 } }", "")
            .replace("[dim_date, dim_security, fact_holdings]", "[dim_security, fact_holdings]");
    assertThat(Pipelines.in(folder).mistakes(content))
        .containsExactly(
            "small.conf:26: the fact fact_holdings needs exactly one calendar table in gold for its"
                + " date_key, but there is none");
  }

  @Test
  void aTableCannotLieWhereADimensionKeepsItsChanges() {
    assertThat(
            Pipelines.in(folder)
                .mistakes(Pipelines.CORRECT.replace("dim_date", "dim_security_changes")))
        .containsExactly(
            "small.conf:21: dim_security_changes is the table of what changes in dim_security;"
                + " choose another name");
  }

  @Test
  void brokenHoconIsOneMessageWithItsPlace() {
    SluiceException refusal =
        Pipelines.in(folder).refusal("pipeline {\n  name = x\n", Optional.empty());
    assertThat(refusal.problem()).isEqualTo("The configuration cannot be read");
    assertThat(refusal.why()).startsWith(folder + "/small.conf:3: ");
  }

  @Test
  void unresolvedSubstitutionIsOneMessageWithItsPlace() {
    assertThat(Pipelines.in(folder).mistakesAfter("\"in\"", "${SLUICE_NO_SUCH_VARIABLE}"))
        .containsExactly(
            "small.conf:2: Could not resolve substitution to a value: ${SLUICE_NO_SUCH_VARIABLE}");
  }

  @Test
  void missingPipelineFileNamesThePathAndWhatIsBesideIt() {
    Pipelines.in(folder).file("other.conf", "");
    Path file = folder.resolve("small.conf");
    assertThat(
            org.assertj.core.api.Assertions.catchThrowableOfType(
                SluiceException.class,
                () ->
                    PipelineLoader.load(
                        new LoadRequest(file, Optional.empty(), java.util.List.of(), folder))))
        .satisfies(
            refusal -> {
              assertThat(refusal.why()).isEqualTo("there is no file " + file);
              assertThat(refusal.remedy()).isEqualTo("Check the path; there are: other.conf.");
            });
  }
}
