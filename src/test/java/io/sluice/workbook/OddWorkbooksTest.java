package io.sluice.workbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sluice.error.Reason;
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
    Map<Reason, Integer> refused = new EnumMap<>(Reason.class);
    List<String> escaped = new ArrayList<>();
    int read = 0;
    for (Path file : files) {
      try {
        readAllSheets(file);
        read++;
      } catch (SluiceException refusal) {
        refused.merge(refusal.reason(), 1, Integer::sum);
      } catch (Throwable other) {
        escaped.add(file.getFileName() + ": " + other);
      }
    }
    assertThat(escaped).isEmpty();
    System.out.printf("%d files: %d read, refused %s%n", files.size(), read, refused);
    assertThat(read).isEqualTo(330);
    assertThat(refused)
        .containsOnly(
            entry(Reason.FILE_UNREADABLE, 14),
            entry(Reason.FILE_TRUNCATED, 6),
            entry(Reason.WORKBOOK_ENCRYPTED, 1),
            entry(Reason.WORKBOOK_UNSUPPORTED, 7));
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
