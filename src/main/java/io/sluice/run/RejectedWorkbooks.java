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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Dataset;
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

  private final Lake lake;
  private final Pipeline pipeline;
  private final Map<Key, List<Mark>> marks = new LinkedHashMap<>();

  private record Key(String source, String uri, String fileId) {}

  /**
   * What became of one workbook.
   *
   * @param written where its marked copy is; empty if there is none
   * @param copy whether that is a copy of the whole workbook
   * @param note why it is none, or why there is none; else empty
   */
  public record Result(
      String source, String file, int marks, String written, boolean copy, String note) {}

  /** Looks up what is rejected; nothing is written yet. */
  public RejectedWorkbooks(Lake lake, Pipeline pipeline, RejectFilter filter) {
    this.lake = lake;
    this.pipeline = pipeline;
    RejectFilter all =
        new RejectFilter(filter.file(), filter.reason(), filter.table(), Integer.MAX_VALUE);
    for (RejectList.Line line : RejectList.of(lake, pipeline, all).rejects()) {
      add(line.source(), line.file(), line.fileId(), mark(line));
    }
    for (FileRecord file : RejectList.refused(lake, filter)) {
      if (!file.fileId().isEmpty() && TO_BE_SEEN.contains(Reason.valueOf(file.reason()))) {
        add(file.source(), file.uri(), file.fileId(), mark(file));
      }
    }
  }

  /** Paths of the workbooks concerned, relative to the landing. */
  public List<String> files() {
    return marks.keySet().stream().map(Key::uri).toList();
  }

  /**
   * Writes a copy of the only workbook concerned.
   *
   * @throws SluiceException WORKBOOK_GONE or another refusal if there can be none
   */
  public Result writeOne(Path target, boolean force) {
    Map.Entry<Key, List<Mark>> only = marks.entrySet().iterator().next();
    return write(only.getKey(), only.getValue(), target, force);
  }

  /** Writes a copy of each workbook concerned, under its own path in a folder. */
  public List<Result> writeAll(Path folder, boolean force) {
    List<Result> results = new ArrayList<>();
    marks.forEach(
        (key, ofFile) -> {
          try {
            results.add(write(key, ofFile, folder.resolve(key.uri()), force));
          } catch (SluiceException skipped) {
            results.add(
                new Result(
                    key.source(),
                    key.uri(),
                    ofFile.size(),
                    "",
                    false,
                    skipped.problem() + ": " + skipped.why() + ". " + skipped.remedy()));
          }
        });
    return results;
  }

  private Result write(Key key, List<Mark> ofFile, Path target, boolean force) {
    Source source = pipeline.sources().get(key.source());
    try (Originals.Original original = original(key)) {
      MarkedWorkbook.Written written =
          new MarkedWorkbook(key.uri(), source, MarkedWorkbook.USUAL_LIMIT)
              .write(original.path(), ofFile, headerRows(key), target, force);
      return new Result(
          key.source(),
          key.uri(),
          ofFile.size(),
          written.file().toString(),
          written.copy(),
          written.why());
    }
  }

  /** From any path under which the landing has this content. */
  private Originals.Original original(Key key) {
    Source source = pipeline.sources().get(key.source());
    Originals originals = new Originals(lake, pipeline.landing());
    try {
      return originals.fetch(source, key.uri(), key.fileId());
    } catch (SluiceException gone) {
      for (String other : otherPaths(key)) {
        try {
          return originals.fetch(source, other, key.fileId());
        } catch (SluiceException goneToo) {
          gone.addSuppressed(goneToo);
        }
      }
      throw gone;
    }
  }

  private List<String> otherPaths(Key key) {
    return lines(key)
        .where(col("uri").notEqual(key.uri()))
        .select("uri")
        .distinct()
        .orderBy("uri")
        .collectAsList()
        .stream()
        .map(row -> row.getString(0))
        .toList();
  }

  private Dataset<Row> lines(Key key) {
    return new Ledger(lake)
        .read()
        .where(col("file_id").equalTo(key.fileId()).and(col("source").equalTo(key.source())));
  }

  private void add(String source, String uri, String fileId, Mark mark) {
    if (pipeline.sources().containsKey(source)) {
      marks.computeIfAbsent(new Key(source, uri, fileId), key -> new ArrayList<>()).add(mark);
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

  /** From the layouts that the ledger has of the file: one object, or one a sheet. */
  private Map<String, Integer> headerRows(Key key) {
    Map<String, Integer> rows = new HashMap<>();
    for (Row row : lines(key).select("layout").collectAsList()) {
      if (row.isNullAt(0) || row.getString(0).isEmpty()) {
        continue;
      }
      try {
        JsonNode layout = JSON.readTree(row.getString(0));
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
