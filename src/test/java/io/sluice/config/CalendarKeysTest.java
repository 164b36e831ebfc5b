package io.sluice.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CalendarKeysTest {
  private static final String PLAIN = "calendar { from = 2024-01-01, to = 2024-12-31 }";

  @TempDir Path folder;

  @Test
  void holidaysAreReadFromTheFile() {
    GoldTable.Calendar calendar =
        calendar(
            "holidays = \"holidays/us.csv\"",
            """
            \uFEFFDate,Name
            # New York
            2024-01-01,New Year's Day

            2024-07-04 , "Independence Day, ""the Fourth\"""
            """);

    assertThat(calendar.holidays().orElseThrow().days())
        .containsExactly(
            Map.entry(LocalDate.of(2024, 1, 1), "New Year's Day"),
            Map.entry(LocalDate.of(2024, 7, 4), "Independence Day, \"the Fourth\""));
    assertThat(calendar.holidays().orElseThrow().file())
        .isEqualTo(folder.resolve("holidays/us.csv"));
    assertThat(calendar.fiscal()).isEmpty();
  }

  @Test
  void aFiscalYearIsNamedByItsEndUnlessItIsDeclared() {
    assertThat(calendar("fiscal-year-starts = 4", "").fiscal())
        .isEqualTo(Optional.of(new FiscalYear(4, FiscalYear.NamedBy.END)));
    assertThat(calendar("fiscal-year-starts = 10, fiscal-year-named-by = start", "").fiscal())
        .isEqualTo(Optional.of(new FiscalYear(10, FiscalYear.NamedBy.START)));
  }

  @Test
  void everyMistakeInTheFileIsNamedWithItsLine() {
    assertThat(
            in("2024-01-01,New Year\n01/15/2024,Late\n2023-12-25,Christmas\n2024-01-01,Again\n2024-05-27\n")
                .mistakes(declaring("holidays = \"holidays/us.csv\"")))
        .containsExactly(
            "holidays/us.csv:2: 01/15/2024 is not a date such as 2024-01-01 before a comma",
            "holidays/us.csv:3: 2023-12-25 is not in the calendar, which has 2024-01-01 to"
                + " 2024-12-31",
            "holidays/us.csv:4: 2024-01-01 stands above already, as New Year",
            "holidays/us.csv:5: 2024-05-27 has no name after its comma");
  }

  @Test
  void aFileThatIsNotThereIsNamedWhereItIsDeclared() {
    assertThat(in("").mistakes(declaring("holidays = \"holidays/uk.csv\"")))
        .containsExactly("small.conf:21: the file of holidays holidays/uk.csv does not exist");
  }

  @Test
  void fiscalYearsStartWithAMonth() {
    assertThat(in("").mistakes(declaring("fiscal-year-starts = 13")))
        .containsExactly(
            "small.conf:21: gold.dim_date.calendar.fiscal-year-starts is 13, but must be a whole"
                + " number from 1 to 12");
    assertThat(in("").mistakes(declaring("fiscal-year-named-by = start")))
        .containsExactly(
            "small.conf:21: fiscal-year-named-by has a meaning only with fiscal-year-starts");
  }

  @Test
  void aGateMayNameTheColumnsThatAreDeclared() {
    String gate = "gate = [{ complete = [fiscal_year, previous_business_day] }]";
    assertThat(in("").mistakes(Pipelines.CORRECT.replace(PLAIN, PLAIN + ", " + gate)))
        .hasSize(2)
        .allMatch(mistake -> mistake.contains("is not a column of the table"));
    Pipelines declared = in("2024-01-01,New Year\n");
    assertThat(
            declared
                .load(
                    declaring("fiscal-year-starts = 4, holidays = \"holidays/us.csv\"")
                        .replace("} }\n  dim_security", "}, " + gate + " }\n  dim_security"))
                .pipeline()
                .gold()
                .get("dim_date")
                .gate())
        .hasSize(1);
  }

  private GoldTable.Calendar calendar(String keys, String holidays) {
    return (GoldTable.Calendar)
        in(holidays).load(declaring(keys)).pipeline().gold().get("dim_date").shape();
  }

  private Pipelines in(String holidays) {
    return Pipelines.in(folder).file("holidays/us.csv", holidays);
  }

  private static String declaring(String keys) {
    assertThat(Pipelines.CORRECT).contains(PLAIN);
    return Pipelines.CORRECT.replace(
        PLAIN, PLAIN.substring(0, PLAIN.length() - 1) + ", " + keys + " }");
  }
}
