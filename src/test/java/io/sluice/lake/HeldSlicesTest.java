package io.sluice.lake;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.lake.HeldSlices.Held;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HeldSlicesTest {
  private static final Instant MONDAY = Instant.parse("2024-01-01T08:00:00Z");
  private static final Instant TUESDAY = Instant.parse("2024-01-02T08:00:00Z");

  @TempDir Path folder;

  @Test
  void areNoneBeforeAnythingIsHeld() {
    HeldSlices slices = new HeldSlices(Lakes.in(folder));

    assertThat(slices.all()).isEmpty();
    slices.announce("t", List.of(), List.of(), "run-1");
    slices.settle("t", List.of(), List.of(), "run-1");
    assertThat(Lakes.in(folder).table(Layer.OPS, "held").exists()).isFalse();
  }

  @Test
  void areThereAsSoonAsTheyAreAnnounced() {
    HeldSlices slices = new HeldSlices(Lakes.in(folder));
    Held held = held("t", "id=1", "run-1", MONDAY);

    slices.announce("t", List.of(), List.of(held), "run-1");

    assertThat(slices.all()).containsExactly(held);
    assertThat(slices.of("t")).containsExactly(held);
    assertThat(slices.of("other")).isEmpty();
  }

  @Test
  void keepTheRunAndTimeThatHeldThemFirstAndTheLatestMessage() {
    HeldSlices slices = new HeldSlices(Lakes.in(folder));
    slices.announce("t", List.of(), List.of(held("t", "id=1", "run-1", MONDAY)), "run-1");
    Held again = new Held("t", "id=1", "REJECT_LIMIT", "limits", "5% rejected", "run-2", TUESDAY);

    slices.announce("t", slices.of("t"), List.of(again), "run-2");

    assertThat(slices.all())
        .containsExactly(
            new Held("t", "id=1", "REJECT_LIMIT", "limits", "5% rejected", "run-1", MONDAY));
  }

  @Test
  void stayUntilTheCommitThatReleasesThem() {
    HeldSlices slices = new HeldSlices(Lakes.in(folder));
    Held first = held("t", "id=1", "run-1", MONDAY);
    Held second = held("t", "id=2", "run-2", TUESDAY);
    slices.announce("t", List.of(), List.of(first), "run-1");

    slices.announce("t", List.of(first), List.of(second), "run-2");
    assertThat(slices.all()).containsExactly(first, second);

    slices.settle("t", List.of(first), List.of(second), "run-2");
    assertThat(slices.all()).containsExactly(second);
  }

  @Test
  void goWhereNothingIsHeldAnyMore() {
    HeldSlices slices = new HeldSlices(Lakes.in(folder));
    Held held = held("t", "id=1", "run-1", MONDAY);
    slices.announce("t", List.of(), List.of(held), "run-1");

    slices.announce("t", List.of(held), List.of(), "run-2");
    assertThat(slices.all()).containsExactly(held);

    slices.settle("t", List.of(held), List.of(), "run-2");
    assertThat(slices.all()).isEmpty();
  }

  @Test
  void ofOneTableLeaveThoseOfAnotherAlone() {
    HeldSlices slices = new HeldSlices(Lakes.in(folder));
    Held here = held("here", "id=1", "run-1", MONDAY);
    Held there = held("there", "id=1", "run-1", MONDAY);
    slices.announce("here", List.of(), List.of(here), "run-1");
    slices.announce("there", List.of(), List.of(there), "run-1");

    slices.settle("here", List.of(here), List.of(), "run-2");

    assertThat(slices.all()).containsExactly(there);
  }

  @Test
  void areNotWrittenAgainWhereNothingWasReleased() {
    HeldSlices slices = new HeldSlices(Lakes.in(folder));
    LakeTable table = Lakes.in(folder).table(Layer.OPS, "held");
    Held held = held("t", "id=1", "run-1", MONDAY);
    slices.announce("t", List.of(), List.of(held), "run-1");
    long version = table.state().orElseThrow().version();

    slices.settle("t", List.of(held), List.of(held), "run-1");

    assertThat(table.state().orElseThrow().version()).isEqualTo(version);
  }

  private static Held held(String table, String slice, String run, Instant since) {
    return new Held(table, slice, "GATE_FAILED", "unique", "2 rows share a key", run, since);
  }
}
