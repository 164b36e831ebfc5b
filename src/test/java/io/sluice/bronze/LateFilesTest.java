package io.sluice.bronze;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.config.SourceBuilder;
import io.sluice.lake.FileRecord;
import io.sluice.lake.FileRecord.Outcome;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

class LateFilesTest {
  @Test
  void allTheDaysThatTheSourceAllowsAreInTime() {
    assertThat(outcome("UTC", "2024-01-12T23:59:59Z", "id=1/day=2024-01-02"))
        .isEqualTo(Outcome.ACCEPTED);
    assertThat(outcome("UTC", "2024-01-13T00:00:00Z", "id=1/day=2024-01-02"))
        .isEqualTo(Outcome.WAITING);
  }

  @Test
  void theDayIsThatOfThePipelinesZone() {
    assertThat(outcome("Asia/Tokyo", "2024-01-12T15:00:00Z", "id=1/day=2024-01-02"))
        .isEqualTo(Outcome.WAITING);
    assertThat(outcome("America/New_York", "2024-01-13T04:00:00Z", "id=1/day=2024-01-02"))
        .isEqualTo(Outcome.ACCEPTED);
  }

  @Test
  void theOldestDateDecidesAndRowsOfUnknownSliceDoNot() {
    assertThat(outcome("UTC", "2024-01-13T00:00:00Z", "id=1/day=2024-01-12", "id=2/day=2024-01-02"))
        .isEqualTo(Outcome.WAITING);
    assertThat(outcome("UTC", "2024-01-13T00:00:00Z", "id=1/day=2024-01-12", "file=abc"))
        .isEqualTo(Outcome.ACCEPTED);
    assertThat(outcome("UTC", "2024-01-13T00:00:00Z", "file=abc")).isEqualTo(Outcome.ACCEPTED);
  }

  @Test
  void aDateThatIsYetToComeIsNotLate() {
    assertThat(outcome("UTC", "2024-01-13T00:00:00Z", "id=1/day=2025-01-02"))
        .isEqualTo(Outcome.ACCEPTED);
  }

  @Test
  void theCommandsNameThePipelinesFile() {
    assertThat(marked("UTC", "2024-01-13T00:00:00Z", "id=1/day=2024-01-02").remedy())
        .isEqualTo(
            "If it is right, run 'sluice run \"conf/my pipeline.conf\" --approve a.xlsx';"
                + " if not, 'sluice retract \"conf/my pipeline.conf\" a.xlsx --why …'.");
  }

  private static Outcome outcome(String zone, String written, String... slices) {
    return marked(zone, written, slices).outcome();
  }

  private static FileRecord marked(String zone, String written, String... slices) {
    FileRecord file =
        SightingsTest.record(
            "a.xlsx", "A", "1", Outcome.ACCEPTED, "", List.of(slices), Instant.parse(written));
    return new LateFiles(
            SourceBuilder.source("holdings").lateness("day", 10).build(),
            ZoneId.of(zone),
            "conf/my pipeline.conf")
        .mark(List.of(file))
        .get(0);
  }
}
