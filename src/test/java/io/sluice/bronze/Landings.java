package io.sluice.bronze;

import io.sluice.SparkForTests;
import io.sluice.config.Arrivals;
import io.sluice.config.Batch;
import io.sluice.config.ColumnBuilder;
import io.sluice.config.Order;
import io.sluice.config.Pipeline;
import io.sluice.config.PipelineBuilder;
import io.sluice.config.Source;
import io.sluice.config.SourceBuilder;
import io.sluice.lake.Lake;
import io.sluice.lake.RunScope;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;

/** A landing with small workbooks, and the pipeline that reads it. */
final class Landings {
  private Landings() {}

  static RunScope scope(Path folder, Source... sources) {
    return scope(folder, new Batch(100, 1L << 30), sources);
  }

  static RunScope scope(Path folder, Batch batch, Source... sources) {
    return scope(folder, batch, Arrivals.EVERYTHING, sources);
  }

  static RunScope scope(Path folder, Arrivals arrivals, Source... sources) {
    return scope(folder, new Batch(100, 1L << 30), arrivals, sources);
  }

  private static RunScope scope(Path folder, Batch batch, Arrivals arrivals, Source... sources) {
    Pipeline pipeline =
        PipelineBuilder.pipeline("p")
            .landing(folder.resolve("landing"))
            .lake(folder.resolve("lake"))
            .batch(batch)
            .sources(sources)
            .arrivals(arrivals)
            .build();
    return new RunScope(pipeline, new Lake(SparkForTests.session(), pipeline), "run-1");
  }

  /** Columns portfolio and value; sliced by portfolio. */
  static Source source(String name, String files, Order order, boolean required) {
    return SourceBuilder.source(name)
        .files(files)
        .slice("portfolio")
        .order(order)
        .columns(
            ColumnBuilder.text("portfolio").headers("Portfolio").required().build(),
            ColumnBuilder.text("value").headers("Value").required(required).build())
        .build();
  }

  static Source byTime(String name, String files) {
    return source(name, files, SourceBuilder.BY_TIME, false);
  }

  /** A file with this text in it and this second of 1970 as its time. */
  static void file(Path folder, String uri, String text, int second) throws IOException {
    Path file = folder.resolve("landing").resolve(uri);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    Files.setLastModifiedTime(file, FileTime.from(Instant.ofEpochSecond(second)));
  }

  /** A workbook with a row for each portfolio. */
  static void workbook(Path folder, String uri, int second, String value, String... portfolios)
      throws IOException {
    Path file = folder.resolve("landing").resolve(uri);
    Files.createDirectories(file.getParent());
    try (XSSFWorkbook workbook = new XSSFWorkbook();
        OutputStream out = Files.newOutputStream(file)) {
      var sheet = workbook.createSheet("Holdings");
      var header = sheet.createRow(0);
      header.createCell(0).setCellValue("Portfolio");
      header.createCell(1).setCellValue("Value");
      int next = 1;
      for (String portfolio : portfolios) {
        var row = sheet.createRow(next++);
        row.createCell(0).setCellValue(portfolio);
        row.createCell(1).setCellValue(value);
      }
      workbook.write(out);
    }
    Files.setLastModifiedTime(file, FileTime.from(Instant.ofEpochSecond(second)));
  }
}
