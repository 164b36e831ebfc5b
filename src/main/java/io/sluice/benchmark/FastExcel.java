package io.sluice.benchmark;

import io.sluice.config.Source;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.stream.Stream;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.Row;

/** The fastest reader of workbooks that is no part of Sluice. */
final class FastExcel implements ParseBenchmark.Way {
  @Override
  public String name() {
    return "fastexcel-reader";
  }

  @Override
  public long read(Path workbook, Source source) throws IOException {
    long cells = 0;
    try (ReadableWorkbook book = new ReadableWorkbook(workbook.toFile());
        Stream<Row> rows = book.getFirstSheet().openStream()) {
      for (Iterator<Row> all = rows.skip(1).iterator(); all.hasNext(); ) {
        for (Cell cell : all.next()) {
          cells += cell == null || cell.getText() == null ? 0 : 1;
        }
      }
    }
    return cells;
  }
}
