package io.sluice;

import io.sluice.lake.PlainLocalFileSystem;
import java.io.File;
import java.io.IOException;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** The local file system of the tests: knows which files were opened, and how much was read. */
public final class OpenedFiles extends PlainLocalFileSystem {
  private static final ConcurrentLinkedQueue<String> OPENED = new ConcurrentLinkedQueue<>();
  private static final Pattern OF_THE_LAKE =
      Pattern.compile(".*/(bronze|silver|gold|ops)/([^/]+)/(_delta_log/)?.*");

  /**
   * What happened since a moment.
   *
   * @param opened paths, as often as they were opened
   */
  public record Cost(List<String> opened, long bytes, long millis) {
    /** How often files of each table and its log were opened, and how large these are. */
    public String byTable() {
      TreeMap<String, Integer> counts = new TreeMap<>();
      TreeMap<String, Long> sizes = new TreeMap<>();
      for (String path : opened) {
        Matcher place = OF_THE_LAKE.matcher(path);
        String table =
            place.matches()
                ? place.group(1) + "." + place.group(2) + (place.group(3) == null ? "" : " log")
                : "other";
        counts.merge(table, 1, Integer::sum);
        sizes.merge(table, new File(path).length(), Long::sum);
      }
      return "%d files, %d bytes: opened %s, of bytes %s"
          .formatted(opened.size(), bytes, counts, sizes);
    }
  }

  @Override
  public FSDataInputStream open(Path path, int bufferSize) throws IOException {
    OPENED.add(path.toUri().getPath());
    return super.open(path, bufferSize);
  }

  /** What some work opens and reads. */
  public static Cost during(Runnable work) {
    OPENED.clear();
    long before = bytesRead();
    long began = System.nanoTime();
    work.run();
    return new Cost(
        List.copyOf(OPENED), bytesRead() - before, (System.nanoTime() - began) / 1_000_000);
  }

  private static long bytesRead() {
    long bytes = 0;
    for (var each = FileSystem.getGlobalStorageStatistics().iterator(); each.hasNext(); ) {
      Long read = each.next().getLong("bytesRead");
      bytes += read == null ? 0 : read;
    }
    return bytes;
  }
}
