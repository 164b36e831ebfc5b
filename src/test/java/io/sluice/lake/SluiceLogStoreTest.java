package io.sluice.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.LocalFileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SluiceLogStoreTest {
  private static final int WRITERS = 8;
  private static final int VERSIONS = 25;

  @TempDir Path folder;

  private final Configuration configuration = new Configuration();
  private final SluiceLogStore store = new SluiceLogStore(configuration);

  @Test
  void isTheOneThatDeltaUses() {
    LakeTable table = Lakes.table(folder);

    table.create(Lakes.PLAIN, List.of(), "ids");

    // Delta's own stores leave Hadoop's checksum beside a commit.
    Path commit = Lakes.logFile(table, 0);
    assertThat(commit).exists();
    assertThat(commit.resolveSibling("." + commit.getFileName() + ".crc")).doesNotExist();
  }

  @Test
  void letsOneOfManyWritersHaveAVersion() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
    CyclicBarrier together = new CyclicBarrier(WRITERS);
    List<Callable<List<Integer>>> writers = new ArrayList<>();
    for (int writer = 0; writer < WRITERS; writer++) {
      String content = "writer " + writer;
      writers.add(
          () -> {
            List<Integer> won = new ArrayList<>();
            for (int version = 0; version < VERSIONS; version++) {
              together.await();
              try {
                write(version + ".json", content);
                won.add(version);
              } catch (FileAlreadyExistsException e) {
                // Another writer has this version.
              }
            }
            return won;
          });
    }
    List<List<Integer>> won = new ArrayList<>();
    try {
      for (Future<List<Integer>> writer : threads.invokeAll(writers)) {
        won.add(writer.get());
      }
    } finally {
      threads.shutdownNow();
    }

    assertThat(won.stream().flatMap(List::stream).sorted())
        .containsExactlyElementsOf(Stream.iterate(0, n -> n + 1).limit(VERSIONS).toList());
    for (int writer = 0; writer < WRITERS; writer++) {
      for (int version : won.get(writer)) {
        assertThat(folder.resolve(version + ".json")).hasContent("writer " + writer);
      }
    }
    assertThat(names()).hasSize(VERSIONS).allMatch(name -> name.matches("\\d+\\.json"));
  }

  @Test
  void publishesNothingWhereTheActionsFailHalfWay() {
    Iterator<String> failing =
        new Iterator<>() {
          private int given;

          @Override
          public boolean hasNext() {
            return true;
          }

          @Override
          public String next() {
            if (given++ > 0) {
              throw new IllegalStateException("no more");
            }
            return "line";
          }
        };

    assertThatThrownBy(() -> store.write(hadoop("0.json"), failing, false, configuration))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> store.write(hadoop("0.json"), failing, true, configuration))
        .isInstanceOf(IllegalStateException.class);

    assertThat(names()).isEmpty();
  }

  @Test
  void takesItsOwnBytesForALostAnswer() throws IOException {
    write("0.json", "{\"txnId\":\"1\"}", "{}");

    write("0.json", "{\"txnId\":\"1\"}", "{}");

    assertThat(folder.resolve("0.json")).hasContent("{\"txnId\":\"1\"}\n{}\n");
    assertThatThrownBy(() -> write("0.json", "{\"txnId\":\"2\"}", "{}"))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThat(folder.resolve("0.json")).hasContent("{\"txnId\":\"1\"}\n{}\n");
    assertThat(names()).containsExactly("0.json");
  }

  @Test
  void replacesWhereItIsToldTo() throws IOException {
    overwrite("_last_checkpoint", "one");
    overwrite("_last_checkpoint", "two");

    assertThat(read("_last_checkpoint")).containsExactly("two");
    assertThat(names()).containsExactly("_last_checkpoint");
  }

  @Test
  void replacesAFileThatHadoopWroteWithAChecksumBesideIt() throws IOException {
    LocalFileSystem other = new LocalFileSystem();
    other.initialize(folder.toUri(), configuration);
    try (FSDataOutputStream out = other.create(hadoop("_last_checkpoint"), true)) {
      out.write("written by another tool\n".getBytes(StandardCharsets.UTF_8));
    }
    assertThat(folder.resolve("._last_checkpoint.crc")).exists();

    overwrite("_last_checkpoint", "ours");

    assertThat(read("_last_checkpoint")).containsExactly("ours");
  }

  @Test
  void leavesNothingBesideAFileThatItCouldNotReplace() throws IOException {
    Files.createDirectories(folder.resolve("taken/child"));

    assertThatThrownBy(() -> overwrite("taken", "x")).isInstanceOf(IOException.class);

    assertThat(names()).containsExactly("taken");
  }

  @Test
  void makesTheFolder() throws IOException {
    write("_delta_log/0.json", "one");

    assertThat(folder.resolve("_delta_log/0.json")).hasContent("one");
  }

  @Test
  void neverShowsAPartOfAFile() {
    assertThat(store.isPartialWriteVisible(hadoop("0.json"), configuration)).isFalse();
  }

  private void write(String name, String... lines) throws IOException {
    store.write(hadoop(name), List.of(lines).iterator(), false, configuration);
  }

  private void overwrite(String name, String line) throws IOException {
    store.write(hadoop(name), List.of(line).iterator(), true, configuration);
  }

  private List<String> read(String name) throws IOException {
    List<String> lines = new ArrayList<>();
    try (var iterator = store.read(hadoop(name), configuration)) {
      iterator.forEachRemaining(lines::add);
    }
    return lines;
  }

  private org.apache.hadoop.fs.Path hadoop(String name) {
    return new org.apache.hadoop.fs.Path(folder.resolve(name).toUri());
  }

  private List<String> names() {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
