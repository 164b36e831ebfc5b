package io.sluice.benchmark;

import io.sluice.config.Source;
import io.sluice.workbook.BoundRow;
import io.sluice.workbook.WorkbookTable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.Iterator;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Reading one generated workbook on one thread: every way in turn, several times, the first time
 * not counted.
 */
public final class ParseBenchmark {
  /**
   * How one way did.
   *
   * @param medianMillis of all its times
   * @param fastestMillis and {@code slowestMillis} are its spread
   * @param result what it counted, the same every time
   */
  public record Line(
      String way, double medianMillis, double fastestMillis, double slowestMillis, long result) {}

  /** A way to read a workbook, which answers how many cells, or bytes, it saw. */
  interface Way {
    String name();

    long read(Path workbook, Source source) throws IOException;

    /** What comes before each {@link #read} and takes no part in its time. */
    default void prepare(Source source) throws IOException {}

    /** What {@link #read} amounts to, found when the time is taken. */
    default long result(long read) {
      return read;
    }
  }

  private final int rows;
  private final int columns;

  /**
   * @param rows under the header
   * @param columns at most 26
   */
  public ParseBenchmark(int rows, int columns) {
    this.rows = rows;
    this.columns = columns;
  }

  /**
   * Measures; the workbook is a temporary file. The first line is our own reader, the second merely
   * inflating every part.
   *
   * @param rounds how often each is measured
   */
  public List<Line> run(int rounds) throws IOException {
    GeneratedWorkbook generated = new GeneratedWorkbook(rows, columns);
    Path file = Files.createTempFile("sluice-benchmark-", ".xlsx");
    try {
      generated.write(file);
      return measured(ways(), rounds, file, generated.source());
    } finally {
      Files.deleteIfExists(file);
    }
  }

  private static List<Way> ways() {
    return List.of(new OwnReader(), new Inflating(), new FastExcel());
  }

  /** All ways in turn, and once before that counts. */
  static List<Line> measured(List<Way> ways, int rounds, Path file, Source source)
      throws IOException {
    List<InTurns.Task> tasks = new ArrayList<>();
    for (Way way : ways) {
      tasks.add(new Reading(way, file, source));
    }
    return InTurns.measured(tasks, rounds);
  }

  private record Reading(Way way, Path file, Source source) implements InTurns.Task {
    @Override
    public String name() {
      return way.name();
    }

    @Override
    public void prepare() throws IOException {
      way.prepare(source);
    }

    @Override
    public long run() throws IOException {
      return way.read(file, source);
    }

    @Override
    public long result(long read) {
      return way.result(read);
    }
  }

  private static final class OwnReader implements Way {
    @Override
    public String name() {
      return "Sluice";
    }

    @Override
    public long read(Path workbook, Source source) {
      long cells = 0;
      try (WorkbookTable table = WorkbookTable.open(workbook, "generated.xlsx", source)) {
        for (Iterator<BoundRow> rows = table.rows(); rows.hasNext(); ) {
          for (String text : rows.next().texts()) {
            cells += text == null ? 0 : 1;
          }
        }
      }
      return cells;
    }
  }

  private static final class Inflating implements Way {
    @Override
    public String name() {
      return "inflating only";
    }

    @Override
    public long read(Path workbook, Source source) throws IOException {
      long bytes = 0;
      byte[] buffer = new byte[1 << 16];
      try (ZipFile zip = new ZipFile(workbook.toFile())) {
        for (Enumeration<? extends ZipEntry> all = zip.entries(); all.hasMoreElements(); ) {
          try (InputStream part = zip.getInputStream(all.nextElement())) {
            for (int count = part.read(buffer); count >= 0; count = part.read(buffer)) {
              bytes += count;
            }
          }
        }
      }
      return bytes;
    }
  }
}
