package io.sluice.workbook.infer;

import com.typesafe.config.ConfigUtil;
import io.sluice.contract.Blank;
import io.sluice.workbook.infer.SourceDraft.Field;
import java.nio.file.Path;
import java.util.List;

/** A draft as a pipeline file. */
final class DraftText {
  private static final int USUAL_HEADER_WITHIN = 50;

  private final StringBuilder text = new StringBuilder();

  private DraftText() {}

  static String of(List<SourceDraft> sources, Path root, Path home) {
    DraftText draft = new DraftText();
    draft.head(sources, root, home);
    sources.forEach(draft::source);
    sources.forEach(draft::silver);
    draft.line("");
    draft.line("# Dimensions, facts and what is published come next: see conf/etf-holdings.conf.");
    return draft.text.toString();
  }

  private void head(List<SourceDraft> sources, Path root, Path home) {
    line(
        "# A draft that sluice infer made from workbooks. It reads them as it stands. Names, types,");
    line("# slices and keys are guesses from what it saw, which stands beside them: check each.");
    line("");
    line("pipeline { name = %s }", sources.get(0).name());
    String place = root.startsWith(home) ? home.relativize(root).toString() : root.toString();
    line("landing { root = %s }", quoted(place.isEmpty() ? "." : place));
  }

  private void source(SourceDraft source) {
    SheetShape shape = source.shape();
    line("");
    line("sources.%s {", source.name());
    List<String> names =
        source.examples().stream().map(file -> file.getFileName().toString()).toList();
    String others = names.size() > 1 ? " and " + (names.size() - 1) + " more" : "";
    line("  description = %s", quoted("Draft from " + names.get(0) + others));
    line("  files = %s", quoted(source.files()));
    if (!shape.firstSheet()) {
      line("  sheet = %s", quoted(shape.sheet()));
    }
    if (shape.headerRow() > USUAL_HEADER_WITHIN) {
      line("  header-within = %d", shape.headerRow() + 10);
    }
    line(
        "  slice = [%s] # %s",
        String.join(", ", source.slice()),
        source.sliceFound()
            ? "what one workbook restates whole"
            : "neither a date nor an owner was found: what does one workbook restate whole?");
    shape.remarks().forEach(remark -> line("  # %s", comment(remark)));
    if (!source.above().isEmpty()) {
      line("");
      line("  above {");
      source.above().forEach(cell -> field(cell, "label"));
      line("  }");
    }
    line("");
    line("  columns {");
    source.columns().forEach(column -> field(column, "header"));
    line("  }");
    if (shape.atBlankRow() || !shape.totals().isEmpty()) {
      line("");
      String totals = shape.totals().isEmpty() ? "" : "totals = " + quoted(shape.totals());
      String blank = shape.atBlankRow() ? "at-blank-row = true" : "";
      String comma = totals.isEmpty() || blank.isEmpty() ? "" : ", ";
      line("  table-end { %s%s%s }", blank, comma, totals);
    }
    line("}");
  }

  private void field(Field field, String textKey) {
    TypeGuess guess = field.guess();
    StringBuilder keys = new StringBuilder(textKey + " = " + quoted(field.header()));
    if (!field.extract().isEmpty()) {
      keys.append(", extract = ").append(quoted(field.extract()));
    }
    keys.append(", type = ").append(guess.type());
    if (field.required()) {
      keys.append(", required = true");
    }
    if (!guess.formats().isEmpty()) {
      keys.append(", format = ").append(quoted(guess.formats().get(0)));
    }
    if (!guess.nullTexts().isEmpty()) {
      List<String> texts = guess.nullTexts().stream().map(DraftText::quoted).toList();
      keys.append(", null-text = [").append(String.join(", ", texts)).append(']');
    }
    if (guess.rounds()) {
      keys.append(", scale-excess = half-up");
    }
    line("    %s { %s } # %s", field.name(), keys, comment(guess.evidence()));
  }

  private void silver(SourceDraft source) {
    if (source.key().isEmpty()) {
      return;
    }
    String key = "[" + String.join(", ", source.key()) + "]";
    line("");
    line("silver.stg_%s {", source.name());
    line("  from = %s", source.name());
    line("  key = %s # %s", key, comment(source.keyRemark()));
    if (!source.date().isEmpty()) {
      line("  partition-by-date = %s", source.date());
    }
    line("  gate = [{ unique = %s }]", key);
    line("}");
  }

  private void line(String format, Object... values) {
    text.append(values.length == 0 ? format : String.format(format, values)).append('\n');
  }

  private static String quoted(String value) {
    return ConfigUtil.quoteString(value);
  }

  /** A line break would end a comment. */
  private static String comment(String remark) {
    return Blank.collapse(remark);
  }
}
