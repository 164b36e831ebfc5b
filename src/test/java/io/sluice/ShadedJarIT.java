package io.sluice;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The application jar of {@code spark-submit}, on what a cluster has installed and nothing else.
 */
class ShadedJarIT {
  private static final Path SHADED = Path.of(System.getProperty("sluice.shaded-jar"));

  @TempDir Path folder;

  @Test
  void carriesWhatTheClusterLacks() throws IOException {
    assertThat(classes(SHADED))
        .contains(
            "io/sluice/lake/Sessions.class",
            "com/amazon/deequ/VerificationSuite.class",
            "com/crealytics/spark/excel/DefaultSource.class",
            "com/typesafe/config/Config.class",
            "io/delta/storage/LogStore.class",
            "org/apache/hadoop/fs/s3a/S3AFileSystem.class",
            "org/apache/poi/xssf/usermodel/XSSFWorkbook.class",
            "org/postgresql/Driver.class",
            "picocli/CommandLine.class");
  }

  @Test
  void leavesOutSparkAndClashingPassengers() throws IOException {
    Set<String> classes = classes(SHADED);

    // Delta and Deequ have classes of their own under org.apache.spark: the next test tells them
    // apart.
    assertThat(classes)
        .doesNotContain("org/apache/spark/SparkContext.class", "org/apache/spark/sql/Dataset.class")
        .noneMatch(name -> name.startsWith("scala/"))
        .noneMatch(name -> name.startsWith("org/h2/"))
        .noneMatch(name -> name.startsWith("org/slf4j/"))
        .noneMatch(name -> name.startsWith("org/apache/logging/log4j/"))
        .noneMatch(name -> name.startsWith("org/apache/commons/"))
        .noneMatch(name -> name.startsWith("io/zonky/"));
  }

  @Test
  void holdsNoClassThatTheClusterHasToo() throws IOException {
    Set<String> twice = classes(SHADED);
    Set<String> cluster = new TreeSet<>();
    for (Path jar : clusterJars()) {
      cluster.addAll(classes(jar));
    }
    twice.retainAll(cluster);

    assertThat(cluster).contains("org/apache/spark/SparkContext.class");
    assertThat(twice).isEmpty();
  }

  @Test
  void bootsAndReadsAWorkbookOnTheClusterClassPath() throws Exception {
    Path workbook = StackBootsTest.writeWorkbook(folder.resolve("holdings.xlsx"));
    Path errors = folder.resolve("errors");
    Path output = folder.resolve("output");

    Process process =
        new ProcessBuilder(command(workbook))
            .redirectError(errors.toFile())
            .redirectOutput(output.toFile())
            .start();
    boolean ended = process.waitFor(10, TimeUnit.MINUTES);
    process.destroyForcibly();

    assertThat(ended).as(Files.readString(errors)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(errors)).isZero();
    assertThat(Files.readAllLines(output)).containsExactly(StackBootsTest.EXPECTED);
  }

  private List<String> command(Path workbook) throws IOException {
    String classPath =
        Stream.concat(clusterJars().stream(), Stream.of(SHADED, probe()))
            .map(Path::toString)
            .collect(Collectors.joining(File.pathSeparator));
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx1g",
        "@" + System.getProperty("sluice.spark-options"),
        "-cp",
        classPath,
        StackProbe.class.getName(),
        workbook.toString(),
        folder.resolve("lake").toString());
  }

  /** The probe alone, without the other tests and what they need. */
  private Path probe() throws IOException {
    String name = StackProbe.class.getName().replace('.', '/') + ".class";
    Path target = folder.resolve("probe").resolve(name);
    Files.createDirectories(target.getParent());
    try (var bytes = StackProbe.class.getClassLoader().getResourceAsStream(name)) {
      Files.copy(bytes, target);
    }
    return folder.resolve("probe");
  }

  private static List<Path> clusterJars() throws IOException {
    List<Path> jars = new ArrayList<>();
    try (Stream<Path> commons = Files.list(Path.of(System.getProperty("sluice.cluster-commons")))) {
      commons.sorted().forEach(jars::add);
    }
    String listed =
        Files.readString(
            Path.of(System.getProperty("sluice.cluster-classpath")), StandardCharsets.UTF_8);
    Stream.of(listed.trim().split(File.pathSeparator)).map(Path::of).forEach(jars::add);
    return jars;
  }

  private static Set<String> classes(Path jar) throws IOException {
    try (JarFile file = new JarFile(jar.toFile())) {
      return file.stream()
          .map(ZipEntry::getName)
          .filter(name -> name.endsWith(".class"))
          .filter(name -> !name.startsWith("META-INF/") && !name.endsWith("module-info.class"))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }
}
