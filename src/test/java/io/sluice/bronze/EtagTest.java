package io.sluice.bronze;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.SparkForTests;
import io.sluice.config.Arrivals;
import io.sluice.config.Batch;
import io.sluice.config.Pipeline;
import io.sluice.config.PipelineBuilder;
import io.sluice.lake.FileRecord;
import io.sluice.lake.Lake;
import io.sluice.lake.RunScope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Of an object with another time and the same ETag nobody reads a byte. */
class EtagTest {
  @TempDir Path folder;

  @Test
  void anObjectThatIsTheSameIsNotReadAndHoldsItsNewPlace() throws IOException {
    RunScope scope = scope();
    Landings.workbook(folder, "a.xlsx", 1, "10", "P1");
    Landings.file(folder, "bad.xlsx", "no workbook", 1);
    run(scope);
    Landings.workbook(folder, "b.xlsx", 2, "20", "P1");
    run(scope);
    assertThat(ManifestedIngestTest.winners(scope, "s")).containsExactly("portfolio=P1 b.xlsx");
    TaggingFileSystem.OPENED.clear();

    for (String uri : List.of("a.xlsx", "bad.xlsx")) {
      Files.setLastModifiedTime(
          folder.resolve("landing").resolve(uri), FileTime.from(Instant.ofEpochSecond(3)));
    }

    assertThat(run(scope)).containsExactly("a.xlsx ACCEPTED");
    assertThat(TaggingFileSystem.OPENED).isEmpty();
    assertThat(ManifestedIngestTest.winners(scope, "s")).containsExactly("portfolio=P1 a.xlsx");
    assertThat(run(scope)).isEmpty();
    Landings.workbook(folder, "a.xlsx", 4, "30", "P1");
    assertThat(run(scope)).containsExactly("a.xlsx ACCEPTED");
    assertThat(TaggingFileSystem.OPENED).containsExactly("a.xlsx");
  }

  private static List<String> run(RunScope scope) {
    return new IngestStage(scope).next().files().stream().map(EtagTest::text).sorted().toList();
  }

  private static String text(FileRecord file) {
    return file.uri() + " " + file.outcome();
  }

  private RunScope scope() {
    SparkForTests.session()
        .sparkContext()
        .hadoopConfiguration()
        .set("fs." + TaggingFileSystem.SCHEME + ".impl", TaggingFileSystem.class.getName());
    Pipeline pipeline =
        PipelineBuilder.pipeline("p")
            .landing(TaggingFileSystem.SCHEME + "://" + folder.resolve("landing"))
            .lake(folder.resolve("lake"))
            .batch(new Batch(100, 1L << 30))
            .sources(Landings.byTime("s", "*.xlsx"))
            .arrivals(Arrivals.EVERYTHING)
            .build();
    return new RunScope(pipeline, new Lake(SparkForTests.session(), pipeline), "run-1");
  }
}
