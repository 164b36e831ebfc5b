package io.sluice.bronze;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.RecursiveTask;
import java.util.function.BiPredicate;
import org.apache.hadoop.fs.EtagSource;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** The files under a root, folder by folder, several folders at a time. */
final class Listing {
  /** Listing waits for a disk or a store, not for a core. */
  private static final int AT_A_TIME = 16;

  /**
   * A file.
   *
   * @param uri path relative to the root
   * @param etag what the store calls its content; empty where it does not
   */
  record Found(String uri, long size, long modifiedMillis, String etag) {}

  private final FileSystem system;
  private final String base;
  private final BiPredicate<String, FileStatus> enters;

  /**
   * @param enters whether to look into a folder, by its path relative to the root and its status
   */
  Listing(FileSystem system, Path root, BiPredicate<String, FileStatus> enters) {
    this.system = system;
    this.base = system.makeQualified(root).toUri().getPath();
    this.enters = enters;
  }

  /**
   * Lists them, in no order.
   *
   * @throws UncheckedIOException if a folder cannot be listed; one that has vanished meanwhile is
   *     empty
   */
  List<Found> files(Path root) {
    ForkJoinPool pool = new ForkJoinPool(AT_A_TIME);
    try {
      return pool.invoke(new Folder(root));
    } finally {
      pool.shutdown();
    }
  }

  private String relative(Path path) {
    return path.toUri().getPath().substring(base.length()).replaceFirst("^/", "");
  }

  private final class Folder extends RecursiveTask<List<Found>> {
    private static final long serialVersionUID = 1L;

    private final transient Path path;

    Folder(Path path) {
      this.path = path;
    }

    @Override
    protected List<Found> compute() {
      List<Found> found = new ArrayList<>();
      List<Folder> below = new ArrayList<>();
      for (FileStatus status : statuses()) {
        String uri = relative(status.getPath());
        if (!status.isDirectory()) {
          found.add(new Found(uri, status.getLen(), status.getModificationTime(), etag(status)));
        } else if (enters.test(uri, status)) {
          below.add(new Folder(status.getPath()));
        }
      }
      invokeAll(below);
      below.forEach(folder -> found.addAll(folder.join()));
      return found;
    }

    private static String etag(FileStatus status) {
      String etag = status instanceof EtagSource tagged ? tagged.getEtag() : null;
      return etag == null ? "" : etag;
    }

    private FileStatus[] statuses() {
      try {
        return system.listStatus(path);
      } catch (FileNotFoundException e) {
        return new FileStatus[0];
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
