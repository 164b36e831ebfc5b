package io.sluice.workbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sluice.error.SluiceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class OddWorkbooksTest {
  private static final Path FOLDER =
      Path.of(System.getProperty("user.dir")).resolve("../shared/data/workbooks").normalize();

  @Test
  void everyOddWorkbookIsReadToItsEndOrRefused() throws IOException {
    assumeTrue(Files.isDirectory(FOLDER), "no folder " + FOLDER);
    List<Path> files;
    try (Stream<Path> listed = Files.list(FOLDER)) {
      files = listed.sorted().toList();
    }
    Map<io.sluice.error.Reason, List<String>> refused = new EnumMap<>(io.sluice.error.Reason.class);
    List<String> escaped = new ArrayList<>();
    int read = 0;
    for (Path file : files) {
      long start = System.nanoTime();
      try {
        readAllSheets(file);
        read++;
      } catch (SluiceException refusal) {
        refused.computeIfAbsent(refusal.reason(), r -> new ArrayList<>()).add(refusal.getMessage());
      } catch (Throwable other) {
        escaped.add(file.getFileName() + ": " + other);
      }
      long ms = (System.nanoTime() - start) / 1_000_000;
      if (ms > 500) System.out.println("SLOW " + file.getFileName() + " " + ms);
    }
    System.out.println("READ " + read + " of " + files.size());
    refused.forEach(
        (r, l) -> {
          System.out.println(r + " " + l.size());
          l.forEach(x -> System.out.println("   " + x));
        });
    assertThat(escaped).isEmpty();
  }

  private static void readAllSheets(Path file) throws IOException {
    String name = file.getFileName().toString();
    Failures failures = new Failures(name);
    try (WorkbookFile workbook = new WorkbookOpener(name).open(file)) {
      for (int i = 0; i < workbook.sheets().size(); i++) {
        int sheet = i;
        try (SheetReader reader = failures.guard("", () -> workbook.read(sheet))) {
          while (failures.guard("", reader::next) != null) {
            continue;
          }
        }
      }
    }
  }
}
