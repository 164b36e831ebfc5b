package io.sluice.run;

import static org.apache.spark.sql.functions.col;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.bronze.Originals;
import io.sluice.config.Pipeline;
import io.sluice.config.Source;
import io.sluice.error.Reason;
import io.sluice.error.SluiceException;
import io.sluice.lake.FileRecord;
import io.sluice.lake.Lake;
import io.sluice.lake.Ledger;
import io.sluice.workbook.marked.Advice;
import io.sluice.workbook.marked.Mark;
import io.sluice.workbook.marked.MarkedWorkbook;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Row;

/** Copies of the workbooks that something was rejected of, marked for their owners. */
public final class RejectedWorkbooks {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Refused for what can be seen in an open workbook. */
  private static final Set<Reason> TO_BE_SEEN =
      EnumSet.of(
          Reason.SHEET_MISSING,
          Reason.SHEET_AMBIGUOUS,
          Reason.HEADER_MISSING,
          Reason.COLUMN_MISSING,
          Reason.COLUMN_RENAMED,
          Reason.COLUMN_DUPLICATE,
          Reason.COLUMN_UNKNOWN,
          Reason.ABOVE_MISSING,
          Reason.ABOVE_INVALID,
          Reason.ORDER_MISSING,
          Reason.RANGE_MISSING,
          Reason.RANGE_INVALID,
          Reason.EMPTY,
          Reason.CONTROL_TOTAL_MISSING,
          Reason.CONTROL_TOTAL_DIFFERS);

  /** Nobody mends more by hand. */
  private static final int MOST_MARKS = 20_000;

  private final Lake lake;
  private final Pipeline pipeline;
  private final RejectFilter filter;
  private final Set<RejectedFile> files;
  private final Map<RejectedFile, Mark> refused = new HashMap<>();

  /**
   * What became of one workbook.
   *
   * @param written where its marked copy is; empty if there is none
   * @param copy whether that is a copy of the whole workbook
   * @param note why it is none, or why there is none; else empty
   */
  public record Result(
      String source, String file, int marks, String written, boolean copy, String note) {}

  /** Looks up which workbooks are concerned; nothing is written yet. */
  public RejectedWorkbooks(Lake lake, Pipeline pipeline, RejectFilter filter) {
    this.lake = lake;
    this.pipeline = pipeline;
    this.filter = new RejectFilter(filter.file(), filter.reason(), filter.table(), MOST_MARKS);
    this.files = new LinkedHashSet<>(RejectList.files(lake, pipeline, filter));
    for (FileRecord file : RejectList.refused(lake, filter)) {
      if (!file.fileId().isEmpty() && TO_BE_SEEN.contains(Reason.valueOf(file.reason()))) {
        RejectedFile key = new RejectedFile(file.source(), file.uri(), file.fileId());
        files.add(key);
        refused.put(key, mark(file));
      }
    }
    files.removeIf(file -> !pipeline.sources().containsKey(file.source()));
  }

  /** Paths of the workbooks concerned, relative to the landing. */
  public List<String> files() {
    return files.stream().map(RejectedFile::uri).toList();
  }

  /**
   * Writes a copy of the only workbook concerned.
   *
   * @throws SluiceException WORKBOOK_GONE or another refusal if there can be none
   */
  public Result writeOne(Path target, boolean force) {
    return write(files.iterator().next(), target, force);
  }

  /** Writes a copy of each workbook concerned, under its own path in a folder. */
  public List<Result> writeAll(Path folder, boolean force) {
    List<Result> results = new ArrayList<>();
    for (RejectedFile file : files) {
      try {
        results.add(write(file, folder.resolve(file.uri()), force));
      } catch (SluiceException skipped) {
        String note = skipped.problem() + ": " + skipped.why() + ". " + skipped.remedy();
        results.add(new Result(file.source(), file.uri(), 0, "", false, note));
      }
    }
    return results;
  }

  private Result write(RejectedFile file, Path target, boolean force) {
    Source source = pipeline.sources().get(file.source());
    List<Mark> marks = new ArrayList<>();
    if (refused.containsKey(file)) {
      marks.add(refused.get(file));
    } else {
      RejectList.of(lake, pipeline, filter, file.fileId()).forEach(line -> marks.add(mark(line)));
    }
    List<Row> seen = sightings(file);
    try (Originals.Original original = original(file, seen)) {
      MarkedWorkbook.Written written =
          new MarkedWorkbook(file.uri(), source, MarkedWorkbook.USUAL_LIMIT)
              .write(original.path(), marks, headerRows(seen), target, force);
      return new Result(
          file.source(),
          file.uri(),
          marks.size(),
          written.file().toString(),
          written.copy(),
          written.why());
    }
  }

  /** Where the ledger has seen this content, and how it was laid out. */
  private List<Row> sightings(RejectedFile file) {
    return new Ledger(lake)
        .read()
        .where(col("file_id").equalTo(file.fileId()).and(col("source").equalTo(file.source())))
        .select("uri", "layout")
        .distinct()
        .orderBy("uri", "layout")
        .collectAsList();
  }

  /** From any path under which the landing has this content. */
  private Originals.Original original(RejectedFile file, List<Row> seen) {
    Source source = pipeline.sources().get(file.source());
    Originals originals = new Originals(lake, pipeline.landing());
    try {
      return originals.fetch(source, file.uri(), file.fileId());
    } catch (SluiceException gone) {
      Set<String> others = new LinkedHashSet<>();
      seen.forEach(row -> others.add(row.getString(0)));
      others.remove(file.uri());
      for (String other : others) {
        try {
          return originals.fetch(source, other, file.fileId());
        } catch (SluiceException goneToo) {
          gone.addSuppressed(goneToo);
        }
      }
      throw gone;
    }
  }

  private static Mark mark(RejectList.Line line) {
    return new Mark(
        line.sheet(),
        line.row(),
        line.cell(),
        line.column(),
        line.reason(),
        line.raw(),
        line.message(),
        Advice.on(Reason.valueOf(line.reason())));
  }

  private static Mark mark(FileRecord file) {
    return new Mark(
        file.sheet(),
        0,
        file.cell(),
        "",
        file.reason(),
        "",
        file.problem() + ": " + file.why(),
        file.remedy());
  }

  /** From the layouts that the ledger has: one object a file, or one a sheet. */
  private static Map<String, Integer> headerRows(List<Row> seen) {
    Map<String, Integer> rows = new HashMap<>();
    for (Row row : seen) {
      if (row.isNullAt(1) || row.getString(1).isEmpty()) {
        continue;
      }
      try {
        JsonNode layout = JSON.readTree(row.getString(1));
        (layout.isArray() ? layout : JSON.createArrayNode().add(layout))
            .forEach(
                sheet -> rows.put(sheet.path("sheet").asText(), sheet.path("header_row").asInt()));
      } catch (JsonProcessingException e) {
        throw new IllegalStateException("a layout that the ledger has is no JSON", e);
      }
    }
    return rows;
  }
}
