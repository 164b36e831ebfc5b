package io.sluice.config;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The cases of a SQL model: rows that it is given, and the rows that it must make of them. They
 * stand in a file beside the SQL, {@code x.test.conf} beside {@code x.sql}.
 *
 * @param file as it is named to people
 * @param mistakes each with file and line; of what depends on types only Spark knows
 */
public record ModelCases(Path file, List<Case> cases, List<String> mistakes) {
  /**
   * One case.
   *
   * @param at file and line
   * @param given rows of tables, by name
   * @param ordered whether the rows must come in the order in which they are written
   */
  public record Case(
      String name,
      String description,
      String at,
      Map<String, WrittenTable> given,
      WrittenTable expect,
      boolean ordered) {}

  private static final Key<Text> EXPECT =
      Key.required("expect", Text.TYPE, "The rows that the model makes of what is given.");
  private static final Key<Boolean> ORDERED =
      Key.defaulted(
          "ordered", Types.FLAG, "false", "Whether the rows come in the order that is written.");
  private static final Section GIVEN = Section.free("given", "Rows of tables, by name.");
  private static final Section CASES =
      Section.named(
          "cases",
          "",
          "Rows that the model is given, and the rows that it must make of them.",
          List.of(PlaceKeys.DESCRIPTION, EXPECT, ORDERED),
          GIVEN);
  private static final Section ROOT =
      Section.one("", "The cases of a SQL model.", List.of(), CASES);

  public ModelCases {
    cases = List.copyOf(cases);
    mistakes = List.copyOf(mistakes);
  }

  /** Where the cases of a model stand, if it has any. */
  public static Path fileOf(GoldTable.SqlModel model) {
    String name = model.file().getFileName().toString();
    String stem = name.endsWith(".sql") ? name.substring(0, name.length() - 4) : name;
    return model.file().resolveSibling(stem + ".test.conf");
  }

  /**
   * Reads the cases of a model; empty if there is no file.
   *
   * @throws io.sluice.error.SluiceException CONFIG_INVALID if it is not HOCON at all
   */
  public static Optional<ModelCases> of(GoldTable.SqlModel model) {
    Path file = fileOf(model);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    Path shown = shown(file);
    ConfigObject written = Layers.resolve(Layers.parse(shown)).root();
    Problems problems = new Problems();
    Node root =
        Node.root(
            new Node.Context(
                problems, new Effective(), new DeclarationOrder(), ConfigFactory.empty().root()),
            ROOT,
            List.of(),
            written,
            new Location(shown.toString(), 0));
    List<Case> cases = new ArrayList<>();
    for (Node node : root.items(CASES)) {
      cases.add(read(node, problems, shown));
    }
    if (cases.isEmpty()) {
      root.mistake("there is no case in it: cases { NAME { given { … }, expect = … } }");
    }
    return Optional.of(new ModelCases(shown, cases, problems.lines()));
  }

  /** Near to where people work a file is named from there. */
  private static Path shown(Path file) {
    Path here = Path.of("").toAbsolutePath();
    Path whole = file.toAbsolutePath().normalize();
    return whole.startsWith(here) ? here.relativize(whole) : whole;
  }

  private static Case read(Node node, Problems problems, Path file) {
    Map<String, WrittenTable> given = new LinkedHashMap<>();
    ConfigObject tables = node.free(GIVEN);
    for (String name : tables.keySet().stream().sorted().toList()) {
      ConfigValue value = tables.get(name);
      try {
        given.put(name, table(Text.TYPE.reading().read(value), problems, file));
      } catch (Type.BadValue e) {
        problems.add(
            List.of(node.name(), name),
            Location.of(value),
            "given.%s must be %s".formatted(name, Text.TYPE.description()));
      }
    }
    Text expect = node.value(EXPECT);
    WrittenTable expected =
        node.wrong(EXPECT) ? new WrittenTable(List.of(), List.of()) : table(expect, problems, file);
    return new Case(
        node.name(),
        node.value(PlaceKeys.DESCRIPTION),
        node.place(),
        given,
        expected,
        node.value(ORDERED));
  }

  private static WrittenTable table(Text text, Problems problems, Path file) {
    return WrittenTable.read(
        text.text(),
        (line, mistake) ->
            problems.add(List.of(), new Location(file.toString(), text.line() + line), mistake),
        line -> new Location(file.toString(), text.line() + line).toString());
  }

  /** A text, and the line on which it begins. */
  private record Text(String text, int line) {
    static final Type<Text> TYPE =
        Type.of(
            "a table: a line with the names of columns, then a line a row, cells between |",
            new Text("", 0),
            Text::of);

    /** Typesafe Config says of a text of several lines where it ends. */
    static Text of(ConfigValue value) throws Type.BadValue {
      String text = Types.text(value);
      long lines = text.chars().filter(letter -> letter == '\n').count();
      return new Text(text, Location.of(value).line() - (int) lines);
    }
  }
}
