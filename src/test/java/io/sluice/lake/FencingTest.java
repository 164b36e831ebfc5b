package io.sluice.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sluice.error.ExitCode;
import io.sluice.error.Reason;
import io.sluice.error.SluiceException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FencingTest {
  @TempDir Path folder;

  @Test
  void fencesTheSecondOfTwoWritersFromOneState() {
    LakeTable table = Lakes.table(folder);
    LakeState state = table.create(Lakes.PLAIN, List.of(), "ids");
    LakeState won = table.commit(state, append("a", 1));

    SluiceException refusal = fenced(table, state, append("b", 2));

    assertThat(refusal.exitCode()).isEqualTo(ExitCode.PIPELINE_BUSY);
    assertThat(refusal.problem()).contains(table.path());
    LakeState now = table.state().orElseThrow();
    assertThat(now.version()).isEqualTo(won.version());
    assertThat(now.consumed("ledger")).isEqualTo(1);
    assertThat(Lakes.idsOf(table)).containsExactly("a");
  }

  @Test
  void fencesWritersOfDifferentPartitionsToo() {
    LakeTable table = Lakes.table(folder);
    LakeState state = table.create(Lakes.DATED, Lakes.PARTS, "days");
    table.commit(state, LakeWrite.append(Lakes.rows("a", Lakes.FIRST), LakeWrite.stamp("r1")));

    fenced(
        table,
        state,
        LakeWrite.replaceWhere(
            Lakes.rows("b", Lakes.SECOND),
            LakeWrite.partitions(new TreeSet<>(List.of(Lakes.SECOND))),
            LakeWrite.stamp("r2")));

    assertThat(Lakes.idsOf(table)).containsExactly("a1");
  }

  @Test
  void fencesAWriterThatStartsLateFromAnOldState() {
    LakeTable table = Lakes.table(folder);
    LakeState old = table.create(Lakes.PLAIN, List.of(), "ids");
    LakeState state = old;
    for (String id : List.of("a", "b", "c")) {
      state = table.commit(state, append(id, state.sequence() + 1));
    }

    fenced(Lakes.table(folder), old, append("z", 99));

    assertThat(Lakes.idsOf(table)).containsExactly("a", "b", "c");
    assertThat(table.state().orElseThrow().consumed("ledger")).isEqualTo(3);
  }

  @Test
  void letsExactlyOneOfTwoThreadsCommit() throws Exception {
    LakeTable table = Lakes.table(folder);
    LakeState state = table.create(Lakes.PLAIN, List.of(), "ids");
    CyclicBarrier start = new CyclicBarrier(2);
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      List<Future<String>> outcomes =
          threads.invokeAll(
              List.of(writer(table, state, "a", start), writer(table, state, "b", start)));

      List<String> answers =
          List.of(outcomes.get(0).get(), outcomes.get(1).get()).stream().sorted().toList();
      assertThat(answers.get(0)).isEqualTo("FENCED");
      assertThat(Lakes.idsOf(table)).containsExactly(answers.get(1));
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void letsAnAppendThroughACompaction() {
    LakeTable table = Lakes.table(folder);
    LakeState state = table.create(Lakes.PLAIN, List.of(), "ids");
    state = table.commit(state, append("a", 1));
    state = table.commit(state, append("b", 2));

    LakeTableTest.optimize(table);
    LakeState after = table.commit(state, append("c", 3));

    assertThat(after.version()).isEqualTo(state.version() + 2);
    assertThat(after.sequence()).isEqualTo(3);
    assertThat(Lakes.idsOf(table)).containsExactly("a", "b", "c");
  }

  private static Callable<String> writer(
      LakeTable table, LakeState state, String id, CyclicBarrier start) {
    return () -> {
      start.await();
      try {
        table.commit(state, append(id, 1));
        return id;
      } catch (SluiceException e) {
        return e.reason().name();
      }
    };
  }

  private static LakeWrite append(String id, long consumed) {
    return LakeWrite.append(
        Lakes.ids(id),
        new Stamp("run " + id, 0, "", Map.of("ledger", consumed), Changes.EVERYTHING));
  }

  private static SluiceException fenced(LakeTable table, LakeState state, LakeWrite write) {
    SluiceException refusal =
        catchThrowableOfType(SluiceException.class, () -> table.commit(state, write));
    assertThat(refusal.reason()).isEqualTo(Reason.FENCED);
    return refusal;
  }
}
