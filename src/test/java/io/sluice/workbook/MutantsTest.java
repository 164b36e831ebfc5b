package io.sluice.workbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sluice.error.Reason;
import io.sluice.error.SluiceException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.poi.hssf.usermodel.HSSFWorkbook;
import org.apache.poi.ss.usermodel.CellStyle;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.ss.usermodel.Sheet;
import org.apache.poi.ss.usermodel.Workbook;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Damaged workbooks: each is read, or refused with a reason that is a file's, within a time. */
class MutantsTest {
  private static final Path FOLDER =
      Path.of(System.getProperty("user.dir")).resolve("../shared/data/workbooks").normalize();
  private static final long LARGEST = 100_000;
  private static final Duration HANG = Duration.ofSeconds(10);
  private static final Set<Reason> OF_FILES = EnumSet.range(Reason.FILE_UNREADABLE, Reason.EMPTY);

  @TempDir Path folder;

  @Test
  void aHundredMutantsAreReadOrRefused() throws IOException {
    assertThat(tried(List.of(made(new XSSFWorkbook()), made(new HSSFWorkbook())), 100, 1))
        .isEqualTo(100);
  }

  @Test
  @Tag("proof")
  void thousandsOfMutantsOfWorkbooksMadeHereAreReadOrRefused() throws IOException {
    List<byte[]> corpus = new ArrayList<>();
    corpus.add(made(new XSSFWorkbook()));
    corpus.add(made(new XSSFWorkbook()));
    corpus.add(made(new HSSFWorkbook()));
    corpus.add(
        Files.readAllBytes(
            new RawXlsx()
                .strings("<si><r><t>a</t></r><r><t>b</t></r></si><si><t>c_x000D_</t></si>")
                .rows(
                    "<row><c t=\"s\"><v>0</v></c><c t=\"s\"><v>1</v></c><c s=\"2\"><v>1</v></c></row>")
                .write(folder.resolve("raw.xlsx"))));
    assertThat(tried(corpus, 8_000, 2)).isEqualTo(8_000);
  }

  @Test
  @Tag("proof")
  void thousandsOfMutantsOfOddWorkbooksAreReadOrRefused() throws IOException {
    assumeTrue(Files.isDirectory(FOLDER), "no folder " + FOLDER);
    List<byte[]> corpus = new ArrayList<>();
    try (Stream<Path> listed = Files.list(FOLDER)) {
      for (Path file : listed.sorted().toList()) {
        if (Files.size(file) <= LARGEST) {
          corpus.add(Files.readAllBytes(file));
        }
      }
    }
    assertThat(tried(corpus, 4_000, 3)).isEqualTo(4_000);
  }

  private int tried(List<byte[]> corpus, int mutants, long seed) throws IOException {
    Map<String, Integer> outcomes = new TreeMap<>();
    for (int i = 0; i < mutants; i++) {
      byte[] mutant = new Mutator(seed * 1_000_000 + i).mutant(corpus.get(i % corpus.size()));
      Path file = Files.write(folder.resolve("mutant"), mutant);
      String which = "mutant " + i + " of seed " + seed;
      outcomes.merge(assertTimeoutPreemptively(HANG, () -> outcome(file, which)), 1, Integer::sum);
    }
    System.out.println(mutants + " mutants: " + outcomes);
    return outcomes.values().stream().mapToInt(Integer::intValue).sum();
  }

  private static String outcome(Path file, String which) {
    try {
      read(file);
      return "read";
    } catch (SluiceException refusal) {
      assertThat(refusal.reason()).as(which).isIn(OF_FILES);
      return refusal.reason().name();
    } catch (Throwable other) {
      throw new AssertionError(which, other);
    }
  }

  private static void read(Path file) throws IOException {
    Failures failures = new Failures("mutant");
    try (WorkbookFile workbook = new WorkbookOpener("mutant").open(file)) {
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

  private static byte[] made(Workbook workbook) throws IOException {
    try (workbook) {
      CellStyle date = workbook.createCellStyle();
      date.setDataFormat(workbook.createDataFormat().getFormat("yyyy-mm-dd"));
      for (String name : List.of("One", "Two")) {
        Sheet sheet = workbook.createSheet(name);
        for (int i = 0; i < 20; i++) {
          Row row = sheet.createRow(i);
          row.createCell(0).setCellValue("text " + i % 5);
          row.createCell(1).setCellValue(i * 1.1);
          row.createCell(2).setCellValue(LocalDate.of(2024, 1, 1 + i));
          row.getCell(2).setCellStyle(date);
          row.createCell(3).setCellValue(i % 2 == 0);
          row.createCell(4).setCellFormula("B" + (i + 1) + "*2");
        }
      }
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      workbook.write(bytes);
      return bytes.toByteArray();
    }
  }
}
