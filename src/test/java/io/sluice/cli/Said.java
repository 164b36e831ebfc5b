package io.sluice.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;

/** What a command answered. */
record Said(int code, String out, String err) {
  private static final Pattern LOADED = Pattern.compile("\\[class,load\\] ([\\w.$]+) ");

  static Said by(String... arguments) {
    CommandLine line = Sluice.commandLine();
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(err, true));
    int code = line.execute(arguments);
    return new Said(code, out.toString(), err.toString());
  }

  /** The names of the classes that a process of its own loads to answer a command. */
  static Set<String> classesLoadedBy(Path folder, String... arguments)
      throws IOException, InterruptedException {
    Path log = folder.resolve("classes.log");
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xlog:class+load:file=" + log,
                "-cp",
                System.getProperty("java.class.path"),
                "io.sluice.Main"));
    command.addAll(Arrays.asList(arguments));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("output.log").toFile())
            .start();
    process.waitFor();
    Set<String> names = new TreeSet<>();
    for (String line : Files.readAllLines(log)) {
      Matcher matcher = LOADED.matcher(line);
      if (matcher.find()) {
        names.add(matcher.group(1));
      }
    }
    return names;
  }
}
