package io.sluice.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sluice.SparkForTests;
import io.sluice.error.Reason;
import io.sluice.error.SluiceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LakeTableTest {
  @TempDir Path folder;

  @Test
  void aLogThatItsCreatorDidNotLiveToBeginIsNoTable() throws IOException {
    LakeTable table = Lakes.table(folder);
    Path log = Path.of(table.path(), "_delta_log");
    Files.createDirectories(log);
    Files.writeString(log.resolve("00000000000000000000.json.1.tmp"), "{");

    assertThat(table.state()).isEmpty();
    assertThat(table.create(Lakes.PLAIN, List.of(), "ids").version()).isZero();
  }

  @Test
  void liesUnderPipelineAndLayer() {
    assertThat(Lakes.table(folder).path()).isEqualTo(folder + "/p/silver/t");
  }

  @Test
  void isNotThereBeforeItIsCreated() {
    LakeTable table = Lakes.table(folder);

    assertThat(table.exists()).isFalse();
    assertThat(table.state()).isEmpty();
  }

  @Test
  void isCreatedOnceAndKeptByLaterCalls() {
    LakeTable table = Lakes.table(folder);
    LakeState created = table.create(Lakes.DATED, Lakes.PARTS, "days");
    table.commit(created, LakeWrite.append(Lakes.rows("a", Lakes.FIRST), LakeWrite.stamp("r1")));

    LakeState again = table.create(Lakes.DATED, Lakes.PARTS, "days");

    assertThat(created.version()).isZero();
    assertThat(created.sequence()).isZero();
    assertThat(again.version()).isEqualTo(1);
    assertThat(again.tableId()).isEqualTo(created.tableId());
    assertThat(Lakes.idsOf(table)).containsExactly("a1");
  }

  @Test
  void keepsTheProtocolThatEveryReaderUnderstands() {
    LakeTable table = Lakes.table(folder);
    LakeState state = table.create(Lakes.DATED, Lakes.PARTS, "days");
    state = table.commit(state, LakeWrite.append(Lakes.rows("a", Lakes.FIRST), stamp()));
    state =
        table.commit(
            state,
            LakeWrite.replaceWhere(
                Lakes.rows("b", Lakes.FIRST),
                LakeWrite.partitions(new TreeSet<>(List.of(Lakes.FIRST))),
                stamp()));

    var protocol = state.snapshot().protocol();
    assertThat(protocol.minReaderVersion()).isEqualTo(1);
    assertThat(protocol.minWriterVersion()).isEqualTo(2);
    assertThat(protocol.readerAndWriterFeatureNames().isEmpty()).isTrue();
  }

  @Test
  void refusesAFolderThatHoldsSomethingElse() throws Exception {
    LakeTable table = Lakes.table(folder);
    Files.createDirectories(Path.of(table.path()));
    Files.writeString(Path.of(table.path(), "notes.txt"), "not a table");

    SluiceException refusal =
        catchThrowableOfType(
            SluiceException.class, () -> table.create(Lakes.PLAIN, List.of(), "ids"));

    assertThat(refusal.reason()).isEqualTo(Reason.LAKE_UNWRITABLE);
    assertThat(refusal.problem()).isEqualTo("The table " + table.path() + " cannot be created");
    assertThat(table.exists()).isFalse();
  }

  @Test
  void refusesAnUnwritablePlace() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "not a folder");
    LakeTable table = Lakes.table(file);

    SluiceException refusal =
        catchThrowableOfType(
            SluiceException.class, () -> table.create(Lakes.PLAIN, List.of(), "ids"));

    assertThat(refusal.reason()).isEqualTo(Reason.LAKE_UNWRITABLE);
  }

  @Test
  void remembersWhatACommitConsumed() {
    LakeTable table = Lakes.table(folder);
    LakeState created = table.create(Lakes.PLAIN, List.of(), "ids");

    LakeState first =
        table.commit(
            created,
            LakeWrite.append(
                Lakes.ids("a"),
                new Stamp("r1", 0, "00000000000000ab", Map.of("ledger", 3L), Changes.EVERYTHING)));
    LakeState second =
        table.commit(
            first,
            LakeWrite.append(
                Lakes.ids("b"), new Stamp("r2", 0, "", Map.of("other", 7L), Changes.EVERYTHING)));

    assertThat(first.sequence()).isEqualTo(1);
    assertThat(first.consumed("ledger")).isEqualTo(3);
    assertThat(first.consumed("other")).isEqualTo(-1);
    assertThat(second.sequence()).isEqualTo(2);
    assertThat(second.definition()).isEqualTo("00000000000000ab");
    assertThat(second.progress()).isEqualTo(Map.of("ledger", 3L, "other", 7L));
    assertSame(table.state().orElseThrow(), second);
  }

  @Test
  void remembersThroughACompaction() {
    LakeTable table = Lakes.table(folder);
    LakeState state = stamped(table);
    state = table.commit(state, LakeWrite.append(Lakes.ids("b"), stamp()));

    optimize(table);

    LakeState now = table.state().orElseThrow();
    assertThat(now.version()).isEqualTo(state.version() + 1);
    assertSame(now, state);
  }

  @Test
  void remembersThroughManyCommitsOfOthers() {
    LakeTable table = Lakes.table(folder);
    LakeState state = stamped(table);
    for (long version = state.version() + 1; version <= state.version() + 21; version++) {
      Lakes.commitOfSomebodyElse(table, version);
    }

    LakeState now = table.state().orElseThrow();

    assertThat(now.version()).isEqualTo(state.version() + 21);
    assertSame(now, state);
  }

  @Test
  void remembersThroughACleanUpOfTheLogAndGoesOn() {
    LakeTable table = Lakes.table(folder);
    LakeState state = stamped(table);
    Lakes.commitOfSomebodyElse(table, state.version() + 1);
    Lakes.cleanLog(table);

    LakeState cleaned = table.state().orElseThrow();
    assertSame(cleaned, state);
    LakeState next = table.commit(cleaned, LakeWrite.append(Lakes.ids("b"), stamp()));

    assertThat(next.sequence()).isEqualTo(2);
    assertThat(next.definition()).isEqualTo("fedcba9876543210");
    assertThat(next.progress()).isEqualTo(Map.of("ledger", 3L));
    assertThat(Lakes.idsOf(table)).containsExactly("a", "b");
  }

  @Test
  void recordsProgressWithoutRows() {
    LakeTable table = Lakes.table(folder);
    LakeState created = table.create(Lakes.PLAIN, List.of(), "ids");

    table.commit(
        created,
        LakeWrite.append(Lakes.ids(), new Stamp("r1", 0, "", Map.of("ledger", 9L), Changes.NONE)));

    assertThat(table.state().orElseThrow().consumed("ledger")).isEqualTo(9);
    assertThat(Lakes.idsOf(table)).isEmpty();
  }

  @Test
  void replacesThePartitionsNamedAndLeavesTheFilesOfAllOthers() {
    LakeTable table = Lakes.table(folder);
    LakeState state = table.create(Lakes.DATED, Lakes.PARTS, "days");
    state =
        table.commit(
            state,
            LakeWrite.append(Lakes.rows("a", Lakes.FIRST, Lakes.SECOND, Lakes.THIRD), stamp()));
    List<String> before = filesOf(state);

    LakeState after =
        table.commit(
            state,
            LakeWrite.replaceWhere(
                Lakes.rows("b", Lakes.SECOND),
                LakeWrite.partitions(new TreeSet<>(List.of(Lakes.SECOND, Lakes.THIRD))),
                stamp()));

    assertThat(Lakes.idsOf(table)).containsExactly("a1", "b2");
    assertThat(before).hasSize(3);
    assertThat(filesOf(after)).hasSize(2);
    List<String> kept = new ArrayList<>(filesOf(after));
    kept.retainAll(before);
    assertThat(kept).singleElement().asString().startsWith("year=2024/month=01/day=01/");
  }

  @Test
  void replacesNothingWhereNoDateIsNamed() {
    LakeTable table = Lakes.table(folder);
    LakeState state = table.create(Lakes.DATED, Lakes.PARTS, "days");
    state = table.commit(state, LakeWrite.append(Lakes.rows("a", Lakes.FIRST), stamp()));

    table.commit(
        state,
        LakeWrite.replaceWhere(Lakes.rows("b"), LakeWrite.partitions(new TreeSet<>()), stamp()));

    assertThat(Lakes.idsOf(table)).containsExactly("a1");
  }

  @Test
  void replacesTheWholeTable() {
    LakeTable table = Lakes.table(folder);
    LakeState state = stamped(table);

    table.commit(state, LakeWrite.replaceAll(Lakes.ids("b", "c"), stamp()));

    assertThat(Lakes.idsOf(table)).containsExactly("b", "c");
    assertThat(table.read(state.version()).count()).isEqualTo(1);
  }

  @Test
  void replacesTheWholeTableByRowsWithOtherColumnsAndKeepsItsPartitions() {
    LakeTable table = Lakes.table(folder);
    LakeState state = table.create(Lakes.DATED, Lakes.PARTS, "dated");
    state = table.commit(state, LakeWrite.append(Lakes.rows("a", Lakes.FIRST), stamp()));

    LakeState after =
        table.commit(
            state,
            LakeWrite.replaceAll(
                Lakes.rows("b", Lakes.SECOND).withColumn("id", functions.lit(7)), stamp()));

    assertThat(table.read().select("id", "day").collectAsList())
        .containsExactly(RowFactory.create(7, "02"));
    assertThat(after.snapshot().metadata().partitionColumns().mkString(","))
        .isEqualTo("year,month,day");
    assertThat(table.read(state.version()).schema().apply("id").dataType().typeName())
        .isEqualTo("string");
  }

  static void optimize(LakeTable table) {
    io.delta.tables.DeltaTable.forPath(SparkForTests.session(), table.path())
        .optimize()
        .executeCompaction();
  }

  private static LakeState stamped(LakeTable table) {
    LakeState created = table.create(Lakes.PLAIN, List.of(), "ids");
    return table.commit(
        created,
        LakeWrite.append(
            Lakes.ids("a"),
            new Stamp("r1", 0, "fedcba9876543210", Map.of("ledger", 3L), Changes.EVERYTHING)));
  }

  private static Stamp stamp() {
    return LakeWrite.stamp("r1");
  }

  private static void assertSame(LakeState actual, LakeState expected) {
    assertThat(actual.sequence()).isEqualTo(expected.sequence());
    assertThat(actual.definition()).isEqualTo(expected.definition());
    assertThat(actual.progress()).isEqualTo(expected.progress());
    assertThat(actual.tableId()).isEqualTo(expected.tableId());
  }

  private static List<String> filesOf(LakeState state) {
    return Stream.of((Object[]) state.snapshot().allFiles().select("path").collect())
        .map(row -> ((org.apache.spark.sql.Row) row).getString(0))
        .toList();
  }
}
