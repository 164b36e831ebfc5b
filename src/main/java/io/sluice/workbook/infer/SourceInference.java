package io.sluice.workbook.infer;

import io.sluice.config.Source;
import io.sluice.contract.CellKind;
import io.sluice.workbook.BoundRow;
import io.sluice.workbook.TableLayout;
import io.sluice.workbook.WorkbookTable;
import io.sluice.workbook.infer.SourceDraft.Field;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** Gathers evidence from the files of one source, and guesses its contract from it. */
final class SourceInference {
  private final String name;
  private final String glob;
  private final List<Path> files;
  private final SheetShape shape;
  private final List<String> names = new ArrayList<>();
  private final List<AboveGuess> above;
  private final List<ColumnEvidence> columns;
  private final KeySearch keys = new KeySearch();
  private final Set<String> asText = new HashSet<>();
  private boolean textsAbove;
  private long rows;

  SourceInference(String name, String glob, List<Path> files, SheetShape shape) {
    this.name = name;
    this.glob = glob;
    this.files = List.copyOf(files);
    this.shape = shape;
    this.above = shape.labels().stream().map(AboveGuess::new).toList();
    this.columns = shape.headers().stream().map(ColumnEvidence::new).toList();
  }

  String name() {
    return name;
  }

  List<Path> files() {
    return files;
  }

  /** A contract that takes everything as text, to read the evidence with. */
  SourceDraft texts() {
    List<Field> cells = new ArrayList<>();
    for (int i = 0; i < above.size(); i++) {
      cells.add(text("above_" + i, above.get(i).label(), false));
    }
    List<Field> fields = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      fields.add(text("column_" + i, columns.get(i).header, i == 0));
    }
    return new SourceDraft(
        name, glob, files, shape, cells, fields, List.of("column_0"), true, List.of(), "", "");
  }

  private static Field text(String name, String header, boolean required) {
    TypeGuess guess = new TypeGuess("string", List.of(), List.of(), false, "", false);
    return new Field(name, header, "", guess, required);
  }

  /** Reads a file by {@link #texts()}, as a run would. */
  void read(Path file, String shown, Source texts) {
    columns.forEach(ColumnEvidence::startFile);
    keys.startSheet();
    try (WorkbookTable table = WorkbookTable.open(file, shown, texts)) {
      TableLayout layout = table.layout();
      for (int i = 0; i < above.size(); i++) {
        above.get(i).take(layout.aboveTexts().get(i), CellKind.of(layout.aboveKinds().charAt(i)));
      }
      for (Iterator<BoundRow> bound = table.rows(); bound.hasNext(); rows++) {
        take(bound.next());
      }
      table.requireRows();
    }
  }

  private void take(BoundRow row) {
    String[] texts = new String[columns.size()];
    for (int i = 0; i < texts.length; i++) {
      texts[i] = row.texts()[above.size() + i];
      columns.get(i).take(texts[i], CellKind.of(row.kinds().charAt(above.size() + i)));
    }
    keys.take(texts);
  }

  /** Whether that is new. */
  boolean asText(String column) {
    return asText.add(column);
  }

  /** Whether that is new. */
  boolean withoutTypesAbove() {
    boolean before = textsAbove;
    textsAbove = true;
    return !before && !above.isEmpty();
  }

  SourceDraft draft() {
    names.clear();
    List<Field> cells = new ArrayList<>();
    for (AboveGuess cell : above) {
      AboveGuess.Guess guess = textsAbove ? cell.text() : cell.guess();
      boolean date = guess.type().type().equals("date");
      cells.add(
          new Field(
              named(cell.label(), date, "above"),
              cell.label(),
              guess.extract(),
              guess.type(),
              false));
    }
    List<Field> fields = new ArrayList<>();
    for (ColumnEvidence found : columns) {
      String column = named(found.header, false, "column");
      TypeGuess guess =
          asText.contains(column)
              ? TypeGuess.text(found, "nothing else takes all of them")
              : TypeGuess.of(found);
      fields.add(new Field(column, found.header, "", guess, false));
    }
    Optional<String> date = date(cells, fields);
    Set<String> slice = slice(cells, fields, date);
    Set<String> key = new LinkedHashSet<>(slice);
    String remark = key(fields, key);
    boolean sliceFound = !slice.isEmpty();
    if (!sliceFound) {
      slice.add(key.stream().findFirst().orElseGet(() -> fullest(fields)));
      key.addAll(slice);
    }
    Set<String> required = new HashSet<>(slice);
    required.addAll(key);
    fields.replaceAll(
        field ->
            new Field(
                field.name(), field.header(), "", field.guess(), required.contains(field.name())));
    return new SourceDraft(
        name,
        glob,
        files,
        shape,
        cells,
        fields,
        List.copyOf(slice),
        sliceFound,
        List.copyOf(key),
        remark,
        date.orElse(""));
  }

  private String named(String text, boolean date, String otherwise) {
    String plain = Words.name(text, otherwise, List.of());
    boolean says = plain.contains("date") || plain.endsWith("_day");
    String free = Words.name(date && !says ? plain + "_date" : plain, otherwise, names);
    names.add(free);
    return free;
  }

  private Optional<String> date(List<Field> cells, List<Field> fields) {
    Optional<String> over =
        cells.stream()
            .filter(cell -> cell.guess().type().equals("date") && cell.guess().identifies())
            .map(Field::name)
            .findFirst();
    if (over.isPresent()) {
      return over;
    }
    return IntStream.range(0, fields.size())
        .filter(i -> fields.get(i).guess().type().equals("date"))
        .filter(i -> columns.get(i).complete())
        .boxed()
        .min(Comparator.comparing(i -> !columns.get(i).constant()))
        .map(i -> fields.get(i).name());
  }

  private Set<String> slice(List<Field> cells, List<Field> fields, Optional<String> date) {
    Set<String> slice = new LinkedHashSet<>();
    for (Field cell : cells) {
      if (Words.owner(cell.header()) && cell.guess().identifies() && slice.size() < 2) {
        slice.add(cell.name());
      }
    }
    for (int i = 0; i < fields.size(); i++) {
      Field field = fields.get(i);
      boolean owner = Words.owner(field.header()) && field.guess().identifies();
      // In a single row everything is constant, and says nothing.
      if (owner && columns.get(i).constant() && rows > files.size() && slice.size() < 2) {
        slice.add(field.name());
      }
    }
    date.ifPresent(slice::add);
    return slice;
  }

  /** Adds what tells the rows of a slice apart. */
  private String key(List<Field> fields, Set<String> key) {
    List<Integer> likely = new ArrayList<>();
    for (int i = 0; i < fields.size(); i++) {
      boolean free = !key.contains(fields.get(i).name()) || !columns.get(i).constant();
      if (fields.get(i).guess().identifies() && free) {
        likely.add(i);
      }
    }
    likely.sort(
        Comparator.comparing((Integer i) -> columns.get(i).constant())
            .thenComparing(i -> !Words.code(columns.get(i).header)));
    List<Integer> found = keys.find(likely);
    if (found.isEmpty()) {
      List<Integer> all =
          IntStream.range(0, fields.size()).filter(i -> columns.get(i).complete()).boxed().toList();
      List<Integer> others = all.stream().filter(i -> !likely.contains(i)).toList();
      List<Integer> more = new ArrayList<>(likely);
      more.addAll(others);
      found = keys.find(more);
      if (found.isEmpty()) {
        all.forEach(i -> key.add(fields.get(i).name()));
        return "no three columns tell all rows apart: which ones should?";
      }
    }
    found.forEach(i -> key.add(fields.get(i).name()));
    String headers = String.join(", ", found.stream().map(i -> columns.get(i).header).toList());
    return String.format(
        Locale.ROOT,
        "%s %s apart the %s%,d rows seen",
        headers,
        found.size() == 1 ? "tells" : "tell",
        keys.partial() ? "first " : "",
        Math.min(rows, KeySearch.MOST_ROWS));
  }

  private String fullest(List<Field> fields) {
    return IntStream.range(0, fields.size())
        .boxed()
        .max(Comparator.comparing(i -> columns.get(i).values()))
        .map(i -> fields.get(i).name())
        .orElseThrow();
  }
}
