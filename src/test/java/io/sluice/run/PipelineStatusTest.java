package io.sluice.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PipelineStatusTest {
  private static final String SWEPT = "2024-01-01T06:00:00Z";

  @Test
  void saysHowLongAFileInAFolderOfAnOldDateCanStayUnseen() {
    assertThat(new PipelineStatus.Landing("", "", 31).unseen())
        .isEqualTo("not listed whole yet, or not since a contract changed; the next run does");
    assertThat(new PipelineStatus.Landing(SWEPT, "2024-01-08T06:00:00Z", 31).unseen())
        .isEqualTo(
            "listed whole at 2024-01-01T06:00:00Z; a file in a known folder of a date more than 31"
                + " days before the newest one can stay unseen until the first run after"
                + " 2024-01-08T06:00:00Z, or with --sweep");
    assertThat(new PipelineStatus.Landing(SWEPT, "", 31).unseen())
        .endsWith("is seen by the next run, which lists everything");
  }
}
