package io.sluice.lake;

import static io.sluice.lake.Lakes.FIRST;
import static io.sluice.lake.Lakes.SECOND;
import static io.sluice.lake.Lakes.THIRD;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.SparkForTests;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LakeTableChangesTest {
  @TempDir Path folder;

  @Test
  void areTheDatesThatEachCommitSaysItReplaced() {
    LakeTable table = Lakes.table(folder);
    LakeState created = table.create(Lakes.PLAIN, List.of(), "ids");
    LakeState first = append(table, created, "a", Lakes.dates(FIRST));
    LakeState second = append(table, first, "b", Lakes.dates(SECOND, THIRD));

    assertThat(table.changes(created.version(), second.version()))
        .isEqualTo(Lakes.dates(FIRST, SECOND, THIRD));
    assertThat(table.changes(first.version(), second.version()))
        .isEqualTo(Lakes.dates(SECOND, THIRD));
  }

  @Test
  void areNoneWhereNothingIsNewer() {
    LakeTable table = Lakes.table(folder);
    LakeState state =
        append(table, table.create(Lakes.PLAIN, List.of(), "ids"), "a", Lakes.dates(FIRST));

    assertThat(table.changes(state.version(), state.version())).isEqualTo(Changes.NONE);
    assertThat(table.rowsChanged(state.version(), state.version())).isFalse();
  }

  @Test
  void areEverythingForWhomNothingWasConsumed() {
    LakeTable table = Lakes.table(folder);
    LakeState state =
        append(table, table.create(Lakes.PLAIN, List.of(), "ids"), "a", Lakes.dates(FIRST));

    assertThat(table.changes(-1, state.version())).isEqualTo(Changes.EVERYTHING);
    assertThat(table.rowsChanged(-1, state.version())).isTrue();
  }

  @Test
  void areEverythingWhereSomebodyElseDeletedFromATableWithoutDates() {
    LakeTable table = Lakes.table(folder);
    LakeState state = table.create(Lakes.PLAIN, List.of(), "ids");
    state = table.commit(state, LakeWrite.append(Lakes.ids("a", "b"), Lakes.stamp(dates())));

    sql("DELETE FROM delta.`" + table.path() + "` WHERE id = 'b'");

    assertThat(table.changes(state.version(), state.version() + 1)).isEqualTo(Changes.EVERYTHING);
    assertThat(table.rowsChanged(state.version(), state.version() + 1)).isTrue();
  }

  @Test
  void areThePartitionsThatSomebodyElseTouched() {
    LakeTable table = Lakes.table(folder);
    LakeState state = days(table);

    sql("DELETE FROM delta.`" + table.path() + "` WHERE id IN ('a2', 'a3')");

    assertThat(table.changes(state.version(), state.version() + 1))
        .isEqualTo(Lakes.dates(SECOND, THIRD));
  }

  @Test
  void areThePartitionsThatSomebodyElseTouchedThoughTheCommitHasMetadataOfItsOwn() {
    LakeTable table = Lakes.table(folder);
    LakeState state = days(table);

    Lakes.rows("z", SECOND)
        .write()
        .format("delta")
        .mode("append")
        .option("userMetadata", "backfill of ticket 7")
        .save(table.path());

    assertThat(table.changes(state.version(), state.version() + 1)).isEqualTo(Lakes.dates(SECOND));
  }

  @Test
  void areEverythingWhereSomebodyElseWroteARowWithoutADate() {
    LakeTable table = Lakes.table(folder);
    LakeState state = days(table);

    sql("INSERT INTO delta.`" + table.path() + "` VALUES ('x', NULL, '01', '02')");
    assertThat(table.changes(state.version(), state.version() + 1)).isEqualTo(Changes.EVERYTHING);

    sql("INSERT INTO delta.`" + table.path() + "` VALUES ('y', '2024', '13', 'x')");
    assertThat(table.changes(state.version() + 1, state.version() + 2))
        .isEqualTo(Changes.EVERYTHING);
  }

  @Test
  void areNoneForACompaction() {
    LakeTable table = Lakes.table(folder);
    LakeState state = days(table);
    state = table.commit(state, LakeWrite.append(Lakes.rows("b", FIRST), Lakes.stamp(dates())));

    LakeTableTest.optimize(table);

    assertThat(table.state().orElseThrow().version()).isEqualTo(state.version() + 1);
    assertThat(table.changes(state.version(), state.version() + 1)).isEqualTo(Changes.NONE);
    assertThat(table.rowsChanged(state.version(), state.version() + 1)).isFalse();
  }

  @Test
  void areNoneForACommitThatOnlyRecordsProgress() {
    LakeTable table = Lakes.table(folder);
    LakeState state = days(table);

    LakeState after =
        table.commit(state, LakeWrite.append(Lakes.rows("b"), Lakes.stamp(Changes.EVERYTHING)));

    assertThat(after.version()).isEqualTo(state.version() + 1);
    assertThat(table.changes(state.version(), after.version())).isEqualTo(Changes.NONE);
    assertThat(table.rowsChanged(state.version(), after.version())).isFalse();
  }

  @Test
  void aDateThatWasMadeWithoutRowsIsNoChangedOneAndStillMade() {
    LakeTable table = Lakes.table(folder);
    LakeState state = table.create(Lakes.DATED, Lakes.PARTS, "dated");
    Stamp stamp = new Stamp("r1", 0, "", Map.of(), Lakes.dates(Lakes.FIRST));

    LakeState after =
        table.commit(
            state,
            LakeWrite.replaceWhere(
                Lakes.rows("a"), LakeWrite.partitions(stamp.changes().dates()), stamp));

    assertThat(table.changes(state.version(), after.version())).isEqualTo(Changes.NONE);
    assertThat(table.datesMade(state.version(), after.version()))
        .isEqualTo(Lakes.dates(Lakes.FIRST));
  }

  @Test
  void areEverythingWhereTheLogWasCleaned() {
    LakeTable table = Lakes.table(folder);
    LakeState created = table.create(Lakes.PLAIN, List.of(), "ids");
    LakeState first = append(table, created, "a", Lakes.dates(FIRST));
    LakeState second = append(table, first, "b", Lakes.dates(SECOND));
    Lakes.cleanLog(table);

    assertThat(table.changes(created.version(), second.version())).isEqualTo(Changes.EVERYTHING);
    assertThat(table.rowsChanged(created.version(), second.version())).isTrue();
    assertThat(table.changes(first.version(), second.version())).isEqualTo(Lakes.dates(SECOND));
  }

  private static LakeState days(LakeTable table) {
    LakeState state = table.create(Lakes.DATED, Lakes.PARTS, "days");
    return table.commit(
        state,
        LakeWrite.append(
            Lakes.rows("a", FIRST, SECOND, THIRD), Lakes.stamp(Lakes.dates(FIRST, SECOND, THIRD))));
  }

  private static LakeState append(LakeTable table, LakeState state, String id, Changes changes) {
    return table.commit(state, LakeWrite.append(Lakes.ids(id), Lakes.stamp(changes)));
  }

  private static Changes dates() {
    return Lakes.dates(FIRST);
  }

  private static void sql(String statement) {
    SparkForTests.session().sql(statement);
  }
}
