package io.sluice.workbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sluice.config.Source;
import io.sluice.contract.ConvertedRow;
import io.sluice.contract.RowContract;
import io.sluice.error.Reason;
import io.sluice.error.SluiceException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EtfWorkbooksTest {
  private static final Path FOLDER =
      Path.of(System.getProperty("user.dir")).resolve("../shared/data/etf").normalize();
  private static final int WEIGHT = 7;
  private static final int SHARES_HELD = 9;

  @BeforeEach
  void dataIsThere() {
    assumeTrue(Files.isDirectory(FOLDER), "no folder " + FOLDER);
  }

  @ParameterizedTest
  @CsvSource({
    "spy-2024-03-19, SPY, 2024-03-19, 504, 100.209028, 5151256797.27",
    "spy-2024-05-10, SPY, 2024-05-10, 504, 99.938924, 4185824017.97",
    "xbi-2025-02-03, XBI, 2025-02-03, 144, 100.003669, 242991543.67",
  })
  void rowsAndSumsAreThoseOfTheIssuerToTheLastDigit(
      String file, String fund, LocalDate asOf, int rows, BigDecimal weight, BigDecimal shares) {
    Source source = Sources.etf();
    RowContract contract = new RowContract(source.contractColumns(), ZoneOffset.UTC);
    BigDecimal weights = BigDecimal.ZERO;
    BigDecimal held = BigDecimal.ZERO;
    Set<Object> slices = new TreeSet<>();
    try (WorkbookTable table = open(file)) {
      for (var bound = table.rows(); bound.hasNext(); ) {
        BoundRow row = bound.next();
        ConvertedRow converted = contract.convert(row.texts(), row.kinds());
        assertThat(converted.violations()).isEmpty();
        weights = weights.add((BigDecimal) converted.values()[WEIGHT]);
        held = held.add((BigDecimal) converted.values()[SHARES_HELD]);
        slices.add(converted.values()[1] + " " + converted.values()[2]);
      }
      RowCounts counts = table.counts();
      assertThat(counts.data()).isEqualTo(rows);
      assertThat(counts.above()).isEqualTo(3);
      assertThat(counts.afterEnd()).isPositive();
      assertThat(balance(counts)).isEqualTo(counts.sheetRows());
    }
    assertThat(weights).isEqualByComparingTo(weight);
    assertThat(held).isEqualByComparingTo(shares);
    assertThat(slices).containsExactly(fund + " " + asOf);
  }

  @Test
  void codesThatLookLikeNumbersStayText() {
    List<String> codes = List.of("2200964D", "037833100");
    Set<String> found = new TreeSet<>();
    for (String file : List.of("spy-2024-03-19", "spy-2024-05-10", "xbi-2025-02-03")) {
      try (WorkbookTable table = open(file)) {
        table
            .rows()
            .forEachRemaining(
                row ->
                    Arrays.stream(row.texts())
                        .filter(text -> text != null && codes.contains(text))
                        .forEach(found::add));
      }
    }
    assertThat(found).containsExactlyInAnyOrderElementsOf(codes);
  }

  @Test
  void aWorkbookWithoutTheLinesAboveTheTableIsRefusedAndAllOfThemAreNamed() {
    SluiceException refusal =
        catchThrowableOfType(SluiceException.class, () -> open("spy-no-preamble").close());
    assertThat(refusal.reason()).isEqualTo(Reason.ABOVE_MISSING);
    assertThat(refusal.getMessage())
        .contains("'Fund Name:' (gives portfolio_name)")
        .contains("'Ticker Symbol:' (gives portfolio_id)")
        .contains("'Holdings:' (gives as_of_date)")
        .contains("the header is row 1");
  }

  private static WorkbookTable open(String file) {
    String name = "holdings-daily-us-en-" + file + ".xlsx";
    return WorkbookTable.open(FOLDER.resolve(name), name, Sources.etf());
  }

  private static long balance(RowCounts counts) {
    return counts.data()
        + counts.above()
        + counts.header()
        + counts.blank()
        + counts.totals()
        + counts.afterEnd();
  }
}
