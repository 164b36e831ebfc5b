package io.sluice.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeliveryKeysTest {
  private static final String SLICE = "slice = [portfolio_id, as_of_date]";

  @TempDir Path folder;

  @Test
  void changesAreSlicedByTheKeyOfTheirTable() {
    assertThat(Pipelines.in(folder).mistakesAfter(SLICE, SLICE + ", delivers = changes"))
        .containsExactly(
            "small.conf:16: silver.stg_holdings.key must be the slice of holdings, portfolio_id,"
                + " as_of_date, because its workbooks bring changes, a row a key");
  }

  @Test
  void snapshotsAreSlicedByTheirDateAlone() {
    assertThat(Pipelines.in(folder).mistakesAfter(SLICE, SLICE + ", delivers = snapshot"))
        .containsExactly(
            "small.conf:5: sources.holdings.slice must be the business date alone, because each"
                + " workbook of holdings is a snapshot of all members on its date");
  }

  @Test
  void namesOfChangesAreNoVersionsOfOneDelivery() {
    assertThat(
            Pipelines.in(folder)
                .mistakesAfter(
                    SLICE,
                    SLICE + ", delivers = changes, order { name-pattern = \"_(\\\\d{8})\" }"))
        .contains(
            "small.conf:5: sources.holdings.order must not be a name-pattern, because each workbook"
                + " of holdings is a delivery of its own, and names that differ in the version alone"
                + " are of one delivery");
  }

  @Test
  void aSnapshotHasMembers() {
    String content =
        Pipelines.CORRECT
            .replace(SLICE, "slice = as_of_date, delivers = snapshot")
            .replace("key = [portfolio_id, security_id, as_of_date]", "key = as_of_date");

    assertThat(Pipelines.in(folder).mistakes(content))
        .contains(
            "small.conf:16: silver.stg_holdings.key must name more than as_of_date, because the"
                + " workbooks of holdings are snapshots of the members on a date");
  }

  @Test
  void theTableOfWhatVanishedHasItsNameAlone() {
    String content =
        Pipelines.CORRECT.replace(SLICE, "slice = as_of_date, delivers = snapshot")
            + "silver.stg_holdings_vanished { from = holdings, key = [security_id, as_of_date] }\n";

    assertThat(Pipelines.in(folder).mistakes(content))
        .containsExactly(
            "small.conf:14: stg_holdings_vanished is the table of what vanished from stg_holdings;"
                + " rename one of both");
  }

  @Test
  void aMemberHasNoNameOfTheTableOfWhatVanished() {
    String content =
        Pipelines.CORRECT
            .replace(SLICE, "slice = as_of_date, delivers = snapshot")
            .replace("security_id", "last_seen");

    assertThat(Pipelines.in(folder).mistakes(content))
        .anyMatch(
            mistake ->
                mistake.endsWith(
                    "silver.stg_holdings.key cannot have last_seen, which is a column of"
                        + " stg_holdings_vanished; choose another name for it"));
  }

  @Test
  void snapshotsAreNoVersionsOfOneDelivery() {
    String snapshots = SLICE.replace("portfolio_id, ", "") + ", delivers = snapshot";
    Pipelines pipelines = Pipelines.in(folder);

    assertThat(
            pipelines.mistakesAfter(
                SLICE, snapshots + ", order = { name-pattern = \"_(\\\\d{8})\" }"))
        .containsExactly(
            "small.conf:5: sources.holdings.order takes what tells the snapshots of holdings apart"
                + " for versions of one delivery, of which only the last counts; name what only"
                + " versions have, such as \"_v(\\\\d+)\", or order by modified-time");
    assertThat(
            pipelines
                .load(
                    Pipelines.CORRECT.replace(
                        SLICE, snapshots + ", order = { name-pattern = \"_v(\\\\d+)\" }"))
                .pipeline()
                .sources())
        .containsKey("holdings");
    assertThat(
            pipelines.mistakes(
                Pipelines.CORRECT
                    .replace(SLICE, snapshots)
                    .replace("\"holdings/*.xlsx\"", "\"holdings.xlsx\"")))
        .containsExactly(
            "small.conf:4: sources.holdings.files names one file, which would be one delivery,"
                + " written over again and again; snapshots need a file each, such as"
                + " \"holdings/*.xlsx\"");
  }
}
