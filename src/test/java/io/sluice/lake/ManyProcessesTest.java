package io.sluice.lake;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("proof")
class ManyProcessesTest {
  private static final int PROCESSES = 4;
  private static final int COMMITS = 25;

  @TempDir Path folder;

  @Test
  void appendToOneTableWithoutLosingOrDoublingACommit() throws Exception {
    LakeTable table = Lakes.table(folder);
    table.create(Lakes.PLAIN, List.of(), "ids");
    List<Process> writers = new ArrayList<>();
    try {
      for (int i = 0; i < PROCESSES; i++) {
        writers.add(start(table.path(), "w" + i));
      }
      for (int i = 0; i < PROCESSES; i++) {
        assertThat(writers.get(i).waitFor()).as(Files.readString(output("w" + i))).isZero();
      }
    } finally {
      writers.forEach(Process::destroyForcibly);
    }

    List<String> acknowledged = new ArrayList<>();
    for (int i = 0; i < PROCESSES; i++) {
      Files.readAllLines(output("w" + i)).stream()
          .filter(line -> line.startsWith("acknowledged "))
          .forEach(line -> acknowledged.add(line.substring("acknowledged ".length())));
    }
    assertThat(acknowledged).hasSize(PROCESSES * COMMITS);
    assertThat(Lakes.idsOf(table)).containsExactlyInAnyOrderElementsOf(acknowledged);
    assertThat(table.state().orElseThrow().version()).isEqualTo(PROCESSES * COMMITS);
    assertThat(logFiles(table))
        .containsExactlyElementsOf(
            LongStream.rangeClosed(0, PROCESSES * COMMITS)
                .mapToObj("%020d.json"::formatted)
                .toList());
  }

  private Process start(String path, String name) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx512m");
    command.add("@" + Path.of(System.getProperty("user.dir"), ".mvn", "spark.options"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(AppendingWriter.class.getName());
    command.addAll(List.of(path, name, String.valueOf(COMMITS)));
    File output = output(name).toFile();
    return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output).start();
  }

  private Path output(String name) {
    return folder.resolve(name + ".log");
  }

  private static List<String> logFiles(LakeTable table) throws Exception {
    try (Stream<Path> files = Files.list(Path.of(table.path(), "_delta_log"))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".json") || name.endsWith(".tmp"))
          .sorted()
          .toList();
    }
  }
}
