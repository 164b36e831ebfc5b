package io.sluice.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads one source and checks it in itself. */
final class SourceReader {
  /** Columns that Sluice adds to what a workbook holds. */
  static final List<String> RESERVED =
      List.of("kinds", "cells", "unknown_cells", "file_id", "sheet", "sheet_row", "batch");

  /** A name that tells deliveries apart by their date, as people write it. */
  private static final String DATED =
      "day_20240131.xlsx day-20240131.csv 2024-01-31 2024_01_31.csv";

  private static final String WILDCARDS = "*?[{";

  private final Node node;
  private final Tables tables;
  private final Set<String> dropped = new HashSet<>();
  private final List<PathValue> paths = new ArrayList<>();

  private SourceReader(Node node, Tables tables) {
    this.node = node;
    this.tables = tables;
  }

  static Source read(Node node, Tables tables) {
    return new SourceReader(node, tables).read();
  }

  private Source read() {
    List<Node> nodes = new ArrayList<>(node.items(SourceKeys.ABOVE));
    nodes.addAll(node.items(SourceKeys.COLUMNS));
    nodes.stream().filter(ColumnReader::dropped).map(Node::name).forEach(dropped::add);
    List<Node> aboveNodes = node.items(SourceKeys.ABOVE);
    List<Node> columnNodes = node.items(SourceKeys.COLUMNS);
    List<AboveCell> cells = aboveNodes.stream().map(this::above).toList();
    List<AboveCell> above = cells.stream().filter(cell -> kept(cell.column())).toList();
    List<Column> declared = columnNodes.stream().map(this::column).toList();
    List<Column> columns = declared.stream().filter(this::kept).toList();
    if (columns.isEmpty()) {
      node.mistake("the source " + node.name() + " declares no columns");
    }
    Map<String, Column> known = new HashMap<>();
    above.forEach(cell -> known.put(cell.column().name(), cell.column()));
    for (Node column : columnNodes) {
      if (known.containsKey(column.name())) {
        column.mistake(column.name() + " is declared above the table and in it; keep one of both");
      }
    }
    columns.forEach(column -> known.put(column.name(), column));
    checkHeaders(columnNodes, declared);
    Source.Reader reader = node.value(SourceKeys.READER);
    if (reader == Source.Reader.SPARK_EXCEL) {
      SparkExcelChecks.check(node);
    }
    Layout layout = LayoutReader.layout(node);
    Source source =
        new Source(
            node.name(),
            node.value(PlaceKeys.DESCRIPTION),
            node.value(PlaceKeys.OWNER),
            node.value(SourceKeys.FILES),
            layout,
            slice(known),
            order(aboveNodes),
            node.optional(SourceKeys.EXPECTED_BY).orElse(null),
            lateness(known),
            above,
            columns,
            LayoutReader.end(node.child(LayoutKeys.TABLE_END), columns, layout),
            drift(node.child(SourceKeys.DRIFT)),
            limits(node.child(SourceKeys.LIMITS)),
            node.optional(SourceKeys.PASSWORD).orElse(null),
            reader,
            node.value(SourceKeys.VERSION),
            droppedTexts(cells, declared),
            declared.stream().filter(column -> !kept(column)).map(Column::headers).toList(),
            paths,
            empty(above),
            csv(node.child(LayoutKeys.CSV)),
            keepUnknown(),
            DeliveryKeys.read(node),
            delivers(known));
    tables.addSource(source);
    return source;
  }

  private AboveCell above(Node cell) {
    String extract = cell.value(SourceKeys.EXTRACT);
    if (!extract.isEmpty() && Pattern.compile(extract).matcher("").groupCount() < 1) {
      cell.mistake(
          SourceKeys.EXTRACT,
          cell.pathOf("extract") + " needs a group, ( ), around the value: \"As of (.+)\"");
    }
    String label = cell.value(SourceKeys.LABEL);
    String address = cell.optional(SourceKeys.CELL).orElse("");
    Optional<String> path = path(cell, SourceKeys.PATH);
    boolean both = !label.isBlank() && !address.isEmpty();
    boolean neither = label.isBlank() && address.isEmpty();
    boolean inPath = path.isPresent() || cell.wrong(SourceKeys.PATH);
    if ((both || (neither && !inPath)) && !cell.wrong(SourceKeys.CELL)) {
      cell.mistake(
          cell.pathOf("label")
              + " and "
              + cell.pathOf("cell")
              + ": exactly one of them says where the value stands"
              + (neither ? ", or path that it stands in the file's path" : ""));
    }
    return new AboveCell(
        column(cell, List.of(), SourceKeys.ABOVE_REQUIRED), label, extract, address);
  }

  private Column column(Node column) {
    List<String> headers =
        column.optional(SourceKeys.HEADER).orElseGet(() -> List.of(byName(column)));
    if (headers.isEmpty() || headers.stream().anyMatch(String::isBlank)) {
      column.mistake(SourceKeys.HEADER, column.pathOf("header") + " must not be empty");
    }
    path(column, SourceKeys.MUST_AGREE);
    return column(column, headers, SourceKeys.REQUIRED);
  }

  private Optional<String> path(Node column, Key<String> key) {
    Optional<String> form = column.optional(key);
    if (form.isPresent() && column.optional(SourceKeys.SENSITIVE).isPresent()) {
      column.mistake(
          key,
          "%s: paths of files are kept and shown as they are, and nothing sensitive may stand in them"
              .formatted(column.pathOf(key.name())));
    }
    form.ifPresent(text -> paths.add(new PathValue(column.name(), text)));
    return form;
  }

  private static String byName(Node column) {
    String header = column.name().replace('_', ' ');
    column.shows(SourceKeys.HEADER, header);
    return header;
  }

  private Column column(Node column, List<String> headers, Key<Boolean> required) {
    if (RESERVED.contains(column.name())) {
      column.mistake(
          column.name() + " is a name that Sluice uses itself; choose another one for the column");
    }
    ColumnType type = column.value(SourceKeys.TYPE);
    boolean known = !column.wrong(SourceKeys.TYPE);
    if (!known) {
      tables.uncertain(node.name(), column.name());
    }
    return ColumnReader.read(column, type, known, headers, required);
  }

  private boolean keepUnknown() {
    boolean keep = node.value(SourceKeys.KEEP_UNKNOWN);
    if (keep && node.child(SourceKeys.DRIFT).value(SourceKeys.UNKNOWN) == Drift.Policy.FAIL) {
      node.mistake(
          SourceKeys.KEEP_UNKNOWN,
          "%s = true keeps cells of workbooks that drift.unknown = fail refuses; set that to warn"
              .formatted(node.pathOf("keep-unknown")));
    }
    return keep;
  }

  /** A file that is no workbook has in a column what stands above the table in one. */
  private List<String> droppedTexts(List<AboveCell> cells, List<Column> columns) {
    Set<String> texts = new LinkedHashSet<>();
    columns.stream()
        .filter(column -> !kept(column))
        .forEach(
            column -> {
              texts.addAll(column.headers());
              texts.add(column.name().replace('_', ' '));
            });
    cells.stream()
        .filter(cell -> !kept(cell.column()))
        .forEach(
            cell -> {
              texts.add(cell.label());
              texts.add(cell.column().name().replace('_', ' '));
            });
    texts.removeIf(String::isBlank);
    return List.copyOf(texts);
  }

  private boolean kept(Column column) {
    return !dropped.contains(column.name());
  }

  private static void checkHeaders(List<Node> nodes, List<Column> columns) {
    Map<String, String> owners = new HashMap<>();
    for (int i = 0; i < columns.size(); i++) {
      Column column = columns.get(i);
      for (String header : column.headers()) {
        String same = header.strip().replaceAll("\\s+", " ").toLowerCase(Locale.ROOT);
        Optional<String> other = Optional.ofNullable(owners.put(same, column.name()));
        if (other.isPresent()) {
          nodes
              .get(i)
              .mistake(
                  SourceKeys.HEADER,
                  header,
                  other.get().equals(column.name())
                      ? "the header \"" + header + "\" is listed twice"
                      : "the header \"%s\" stands for both %s and %s"
                          .formatted(header, other.get(), column.name()));
        }
      }
    }
  }

  private List<String> slice(Map<String, Column> known) {
    List<String> slice = node.value(SourceKeys.SLICE);
    if (slice.isEmpty() && !node.wrong(SourceKeys.SLICE)) {
      node.mistake(SourceKeys.SLICE, node.pathOf("slice") + " must name at least one column");
    }
    for (String name : slice) {
      Column column = known.get(name);
      if (column == null) {
        node.mistake(
            SourceKeys.SLICE,
            name,
            "%s names %s, which is not a column of the source%s"
                .formatted(
                    node.pathOf("slice"),
                    name,
                    dropped.contains(name)
                        ? ": it is sensitive = drop, so nothing is known of it"
                        : Suggestion.of(name, known.keySet())));
      } else if (!column.required()) {
        node.mistake(
            SourceKeys.SLICE,
            name,
            "%s names %s, which must then be required = true"
                .formatted(node.pathOf("slice"), name));
      }
    }
    return slice;
  }

  private Source.Delivers delivers(Map<String, Column> known) {
    Source.Delivers delivers = node.value(SourceKeys.DELIVERS);
    List<String> slice = node.value(SourceKeys.SLICE);
    boolean dated =
        slice.size() == 1
            && (!known.containsKey(slice.get(0))
                || known.get(slice.get(0)).type().kind() == ColumnType.Kind.DATE);
    if (delivers == Source.Delivers.SNAPSHOT && !dated && !node.wrong(SourceKeys.SLICE)) {
      node.mistake(
          SourceKeys.SLICE,
          "%s must be the business date alone, because each workbook of %s is a snapshot of all"
                  .formatted(node.pathOf("slice"), node.name())
              + " members on its date");
    }
    Order order = node.value(SourceKeys.ORDER);
    if (delivers == Source.Delivers.CHANGES
        && order.by() == Order.By.NAME_PATTERN
        && !node.wrong(SourceKeys.ORDER)) {
      node.mistake(
          SourceKeys.ORDER,
          "%s must not be a name-pattern, because each workbook of %s is a delivery of its own, and"
                  .formatted(node.pathOf("order"), node.name())
              + " names that differ in the version alone are of one delivery");
    }
    if (delivers != Source.Delivers.SLICES) {
      checkOneByOne(delivers);
    }
    return delivers;
  }

  /** Files that are versions of one delivery take each other's place, and none brings anything. */
  private void checkOneByOne(Source.Delivers delivers) {
    String what = delivers == Source.Delivers.CHANGES ? "changes" : "snapshots";
    Order order = node.value(SourceKeys.ORDER);
    if (delivers == Source.Delivers.SNAPSHOT
        && order.by() == Order.By.NAME_PATTERN
        && Pattern.compile(order.argument()).matcher(DATED).find()) {
      node.mistake(
          SourceKeys.ORDER,
          "%s takes what tells the %s of %s apart for versions of one delivery, of which only the last counts; name what only versions have, such as \"_v(\\\\d+)\", or order by modified-time"
              .formatted(node.pathOf("order"), what, node.name()));
    }
    String files = node.value(SourceKeys.FILES);
    if (!files.isEmpty() && WILDCARDS.chars().noneMatch(sign -> files.indexOf(sign) >= 0)) {
      node.mistake(
          SourceKeys.FILES,
          "%s names one file, which would be one delivery, written over again and again; %s need a file each, such as \"%s/*.xlsx\""
              .formatted(node.pathOf("files"), what, node.name()));
    }
  }

  private Lateness lateness(Map<String, Column> known) {
    Optional<Integer> days = node.optional(SourceKeys.LATENESS);
    if (days.isEmpty() || node.wrong(SourceKeys.SLICE)) {
      return null;
    }
    List<String> dates =
        node.value(SourceKeys.SLICE).stream()
            .filter(known::containsKey)
            .filter(name -> known.get(name).type().kind() == ColumnType.Kind.DATE)
            .toList();
    if (dates.size() != 1) {
      node.mistake(
          SourceKeys.LATENESS,
          "%s counts from the business date, so %s must name exactly one column of type date%s"
              .formatted(
                  node.pathOf("lateness"),
                  node.pathOf("slice"),
                  dates.isEmpty() ? "" : ", and not " + String.join(" and ", dates)));
      return null;
    }
    return new Lateness(dates.get(0), days.get());
  }

  private Source.Empty empty(List<AboveCell> above) {
    Source.Empty empty = node.value(SourceKeys.EMPTY);
    List<String> known = above.stream().map(cell -> cell.column().name()).toList();
    List<String> unknown =
        node.value(SourceKeys.SLICE).stream().filter(name -> !known.contains(name)).toList();
    if (empty == Source.Empty.CLEAR && !unknown.isEmpty()) {
      node.mistake(
          SourceKeys.EMPTY,
          "%s = clear: a table without rows does not tell %s of its slice, which must be declared in above"
              .formatted(node.pathOf("empty"), String.join(" and ", unknown)));
    }
    return empty;
  }

  private Order order(List<Node> above) {
    Order order = node.value(SourceKeys.ORDER);
    List<String> cells =
        above.stream().map(Node::name).filter(name -> !dropped.contains(name)).toList();
    boolean hashed =
        above.stream()
            .filter(cell -> cell.name().equals(order.argument()))
            .anyMatch(cell -> cell.optional(SourceKeys.SENSITIVE).isPresent());
    if (order.by() == Order.By.ABOVE && hashed) {
      node.mistake(
          SourceKeys.ORDER,
          "%s names %s, which is sensitive: what is left of it has no order"
              .formatted(node.pathOf("order"), order.argument()));
    } else if (order.by() == Order.By.ABOVE && !cells.contains(order.argument())) {
      node.mistake(
          SourceKeys.ORDER,
          "%s names %s, which is not declared in above%s"
              .formatted(
                  node.pathOf("order"),
                  order.argument(),
                  Suggestion.orList(order.argument(), cells, "declared there")));
    }
    return order;
  }

  private static Drift drift(Node node) {
    return new Drift(
        node.value(SourceKeys.UNKNOWN),
        node.value(SourceKeys.MISSING),
        node.value(SourceKeys.RENAMED),
        node.value(SourceKeys.RETYPED));
  }

  private static Csv csv(Node node) {
    return new Csv(node.value(LayoutKeys.DELIMITER), node.value(LayoutKeys.CHARSET));
  }

  private static Limits limits(Node node) {
    return new Limits(
        node.value(SourceKeys.REJECTED_ROWS),
        node.optional(SourceKeys.REJECTED_COUNT).map(Integer::longValue).orElse(Limits.ANY),
        node.value(SourceKeys.REFUSED_FILES),
        node.value(SourceKeys.UNPACKED_BYTES),
        node.value(SourceKeys.UNPACKED_RATIO));
  }
}
