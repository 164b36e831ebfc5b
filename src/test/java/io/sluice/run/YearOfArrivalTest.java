package io.sluice.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.run.RunOptions.Stage;
import io.sluice.sample.SampleWorkbooks;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A year of sample workbooks, with corrections, retractions, late days and duplicates: silver is
 * the same whatever order they came in.
 */
@Tag("proof")
class YearOfArrivalTest {
  private static final int DAYS = 260;
  private static final int BATCHES = 8;

  @TempDir static Path folder;

  /** Paths of the workbooks, oldest first. */
  private static final List<String> WORKBOOKS = new ArrayList<>();

  private static Path all;
  private static Trial inOrder;
  private static Map<String, String> hashes;

  @BeforeAll
  static void landInOrder() throws IOException {
    all = folder.resolve("all");
    SampleWorkbooks.write(all, new SampleWorkbooks.Size(6, 24, DAYS, 8, 42));
    corrections();
    try (Stream<Path> files = Files.walk(all)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        WORKBOOKS.add(all.relativize(file).toString());
      }
    }
    WORKBOOKS.sort(
        java.util.Comparator.comparing((String name) -> all.resolve(name).toFile().lastModified())
            .thenComparing(name -> name));
    inOrder = landed("in-order", WORKBOOKS, BATCHES);
    hashes = hashes(inOrder);
    System.out.println(WORKBOOKS.size() + " workbooks in " + BATCHES + " batches: " + hashes);
  }

  /**
   * Other values for some slices, as second versions; and third versions that are about the next
   * day of their portfolio, so that they take back the day that their name says.
   */
  private static void corrections() throws IOException {
    Path other = folder.resolve("other");
    SampleWorkbooks.write(other, new SampleWorkbooks.Size(6, 24, DAYS, 8, 43));
    try (Stream<Path> files = Files.walk(other.resolve("holdings"))) {
      List<Path> plain =
          files
              .filter(file -> file.getFileName().toString().matches("holdings_\\d+_[-0-9]+\\.xlsx"))
              .sorted()
              .toList();
      for (int i = 0; i + 1 < plain.size(); i += 17) {
        correction(other, plain.get(i), plain.get(i), "_v2");
        if (i % 2 == 0 && plain.get(i).getParent().equals(plain.get(i + 1).getParent())) {
          correction(other, plain.get(i + 1), plain.get(i), "_v3");
        }
      }
    }
  }

  private static void correction(Path from, Path content, Path named, String version)
      throws IOException {
    String name = from.relativize(named).toString().replace(".xlsx", version + ".xlsx");
    Path target = all.resolve(name);
    if (!Files.exists(target)) {
      Files.copy(content, target);
      Files.setLastModifiedTime(target, Files.getLastModifiedTime(content));
    }
  }

  private static Trial landed(String name, List<String> order, int batches) throws IOException {
    Path home = Files.createDirectories(folder.resolve(name));
    String declared = Files.readString(Path.of("conf", "portfolio.conf"), StandardCharsets.UTF_8);
    Path conf = home.resolve("portfolio.conf");
    Files.writeString(
        conf,
        declared.replace("order = modified-time", "order = { name-pattern = \"_v(\\\\d+)\" }"));
    copyTree(Path.of("conf", "sql"), home.resolve("sql"));
    Trial trial = Trial.of(conf, home);
    Path landing = Path.of(trial.pipeline().landing());
    for (int batch = 0; batch < batches; batch++) {
      for (int i = batch; i < order.size(); i++) {
        if (i * (long) batches / order.size() == batch) {
          Path to = landing.resolve(order.get(i));
          Files.createDirectories(to.getParent());
          Files.copy(
              all.resolve(order.get(i)), to, java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
        }
      }
      trial.run(Stage.INGEST, Stage.CONFORM);
    }
    return trial;
  }

  private static void copyTree(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path target = to.resolve(from.relativize(file));
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.copy(file, target);
        }
      }
    }
  }

  /** SHA-256 of the sorted rows of each silver table and of the rejects, run and time left out. */
  private static Map<String, String> hashes(Trial trial) {
    Map<String, String> hashes = new TreeMap<>();
    trial
        .lakeContents()
        .forEach(
            (table, rows) -> {
              if (table.startsWith("silver.")) {
                hashes.put(table + " " + rows.size() + " rows", sha256(String.join("\n", rows)));
              }
            });
    return hashes;
  }

  private static String sha256(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void correctionsAndRetractionsCount() {
    List<String> holdings = inOrder.lakeContents().get("silver.stg_portfolio_holdings");
    assertThat(holdings.size()).isGreaterThan(6 * DAYS * 7);
    // The first day of the first portfolio is taken back by a third version about the next day.
    assertThat(holdings).noneMatch(row -> row.startsWith("2024-01-02|00101|"));
    assertThat(holdings).anyMatch(row -> row.startsWith("2024-01-03|00101|"));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void anyOrderOfArrivalMakesTheSameSilver(long seed) throws IOException {
    List<String> order = new ArrayList<>(WORKBOOKS);
    Collections.shuffle(order, new Random(seed));

    Map<String, String> shuffled = hashes(landed("shuffled-" + seed, order, BATCHES));

    System.out.println("shuffled by " + seed + ": " + shuffled);
    assertThat(shuffled).isEqualTo(hashes);
  }

  @Test
  void aNewLakeMadeOfTheLandingAtOnceHasTheSameSilver() throws IOException {
    Map<String, String> anew = hashes(landed("anew", WORKBOOKS, 1));

    System.out.println("at once: " + anew);
    assertThat(anew).isEqualTo(hashes);
  }

  @Test
  void aRebuildFromBronzeHasTheSameSilver() {
    inOrder.execute(
        RunOptions.of("rebuild", "", Set.of(Stage.CONFORM))
            .rebuilding(inOrder.pipeline().silver().keySet()));

    assertThat(hashes(inOrder)).isEqualTo(hashes);
  }
}
