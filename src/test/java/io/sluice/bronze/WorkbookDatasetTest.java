package io.sluice.bronze;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WorkbookDatasetTest {
  @Test
  void givesTheLargestFileFirstToTheEmptiestTask() {
    assertThat(packed(2, 10, 70, 30, 40)).containsExactly(List.of(70L, 10L), List.of(40L, 30L));
  }

  @Test
  void makesNoMoreTasksThanFiles() {
    assertThat(packed(8, 5, 6)).containsExactly(List.of(6L), List.of(5L));
  }

  @Test
  void spreadsFilesOfNoSizeToo() {
    assertThat(packed(3, 0, 0, 0, 0, 0, 0)).allMatch(task -> task.size() == 2).hasSize(3);
  }

  @Test
  void makesOneEmptyTaskOfNoFiles() {
    assertThat(packed(4)).containsExactly(List.of());
  }

  @Test
  void keepsEveryFileOnceWhateverTheOrder() {
    List<LandedFile> files =
        IntStream.range(0, 100).mapToObj(i -> file("f" + i, (i * 37L) % 101)).toList();

    List<List<LandedFile>> tasks = WorkbookDataset.pack(files, 7);

    assertThat(tasks).hasSize(7);
    assertThat(tasks.stream().flatMap(List::stream)).containsExactlyInAnyOrderElementsOf(files);
    List<LandedFile> reversed = new java.util.ArrayList<>(files);
    java.util.Collections.reverse(reversed);
    assertThat(WorkbookDataset.pack(reversed, 7)).isEqualTo(tasks);
  }

  @Test
  void readsOnEveryCoreAndInNoMoreTasksThanTheBytesAreWorth() {
    assertThat(WorkbookDataset.tasks(List.of(file("a", 1000), file("b", 1000)), 2)).isEqualTo(2);
    assertThat(WorkbookDataset.tasks(List.of(file("a", 40 << 20)), 2)).isEqualTo(5);
    assertThat(WorkbookDataset.tasks(List.of(file("a", 1L << 31)), 2)).isEqualTo(8);
  }

  private static List<List<Long>> packed(int bins, long... sizes) {
    List<LandedFile> files =
        Arrays.stream(sizes).mapToObj(size -> file("file-" + size, size)).toList();
    return WorkbookDataset.pack(files, bins).stream()
        .map(task -> task.stream().map(LandedFile::size).toList())
        .toList();
  }

  private static LandedFile file(String uri, long size) {
    return new LandedFile("s", uri, size, 0, "c");
  }
}
