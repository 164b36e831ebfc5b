package io.sluice.workbook.lint;

import io.sluice.config.Pipeline;
import io.sluice.config.Reference;
import io.sluice.config.RowRule;
import io.sluice.config.SilverTable;
import io.sluice.config.Source;
import java.util.ArrayList;
import java.util.List;

/** What only a run can tell of a source's workbooks: it takes Spark, or rows from elsewhere. */
public final class NotChecked {
  private NotChecked() {}

  /** One sentence each, without a full stop. */
  public static List<String> of(Pipeline pipeline, Source source) {
    List<String> list = new ArrayList<>();
    if (source.reader() == Source.Reader.SPARK_EXCEL) {
      list.add("what spark-excel makes of the cells: here Sluice's own reader reads them");
    }
    if (source.deliveries().withManifest()) {
      list.add("whether the manifest beside them, " + source.deliveries().manifest() + ", matches");
    }
    if (source.deliveries().inParts()) {
      list.add("whether all parts of a delivery are there");
    }
    for (SilverTable table : pipeline.silver().values()) {
      if (table.from().equals(source.name())) {
        list.add(
            "duplicates in %s: equal rows, and different rows with one key (%s)"
                .formatted(table.name(), String.join(", ", table.key())));
        for (RowRule rule : table.rules()) {
          list.add("row expression %s of %s: %s".formatted(rule.name(), table.name(), rule.row()));
        }
        for (Reference reference : table.references()) {
          list.add(
              "reference %s of %s: whether %s is in %s, which a run knows"
                  .formatted(
                      reference.name(),
                      table.name(),
                      String.join(", ", reference.columns()),
                      reference.in()));
        }
        if (!table.gate().isEmpty()) {
          list.add("gate of %s: %s".formatted(table.name(), checks(table.gate().size())));
        }
      }
    }
    list.add("the gates of gold");
    list.add("rejects that the checks above would add to those of a slice");
    list.add("limits over all files of a run (limits.refused-files)");
    if (source.lateness() != null) {
      list.add(
          "lateness: when it is written to the landing, and whether it waits to be approved then");
    }
    list.add(
        "order ties and repeats: another workbook for the same slice with the same order, or the"
            + " same content under another name");
    return list;
  }

  private static String checks(int count) {
    return count == 1 ? "1 check" : count + " checks";
  }
}
