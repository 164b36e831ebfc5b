package io.sluice.benchmark;

import io.sluice.benchmark.ParseBenchmark.Line;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Takes the times of several things in turns, so that what the machine does beside meets all. */
final class InTurns {
  /** Something whose time is taken. */
  interface Task {
    String name();

    /** What comes before each {@link #run} and takes no part in its time. */
    default void prepare() throws IOException {}

    long run() throws IOException;

    /** What {@link #run} amounts to, found when the time is taken. */
    default long result(long done) {
      return done;
    }
  }

  private InTurns() {}

  /** All tasks in turn, and once before that counts; one line a task, in their order. */
  static List<Line> measured(List<? extends Task> tasks, int rounds) throws IOException {
    double[][] millis = new double[tasks.size()][rounds];
    long[] results = new long[tasks.size()];
    for (int round = -1; round < rounds; round++) {
      for (int i = 0; i < tasks.size(); i++) {
        Task task = tasks.get(i);
        task.prepare();
        long start = System.nanoTime();
        long done = task.run();
        double taken = (System.nanoTime() - start) / 1e6;
        results[i] = task.result(done);
        if (round >= 0) {
          millis[i][round] = taken;
        }
      }
    }
    List<Line> lines = new ArrayList<>();
    for (int i = 0; i < tasks.size(); i++) {
      Arrays.sort(millis[i]);
      double median = (millis[i][(rounds - 1) / 2] + millis[i][rounds / 2]) / 2;
      lines.add(
          new Line(tasks.get(i).name(), median, millis[i][0], millis[i][rounds - 1], results[i]));
    }
    return lines;
  }
}
