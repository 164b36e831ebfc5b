package io.sluice.workbook.infer;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** Globs and source names from the names of files. */
final class FileNames {
  private static final Pattern DATE =
      Pattern.compile(
          "(?i)(?<!\\d)((19|20)\\d{2}[-_.]?\\d{2}[-_.]?\\d{2}|\\d{1,2}[-_.]\\d{1,2}[-_.](19|20)\\d{2}"
              + "|\\d{1,2}[-_ ]?(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[-_ ]?\\d{2,4}"
              + "|\\d{8,})(?!\\d)");

  private FileNames() {}

  /** The folder that all of them lie in. */
  static Path folder(List<Path> files) {
    Path folder = absolute(files.get(0)).getParent();
    for (Path file : files) {
      while (!absolute(file).startsWith(folder)) {
        folder = folder.getParent();
      }
    }
    return folder;
  }

  /** A glob that matches all of them and what will come under such names. */
  static String glob(Path root, List<Path> files) {
    Path first = relative(root, files.get(0));
    boolean together =
        files.stream()
            .allMatch(file -> sameFolder(relative(root, file).getParent(), first.getParent()));
    String folder =
        !together
            ? "**/"
            : first.getParent() == null ? "" : escaped(slashed(first.getParent())) + "/";
    List<String> names = files.stream().map(file -> file.getFileName().toString()).toList();
    return folder + (names.size() == 1 ? single(names.get(0)) : common(names));
  }

  /** A glob that matches nothing but them. */
  static String exact(Path root, List<Path> files) {
    List<String> paths =
        files.stream().map(file -> escaped(slashed(relative(root, file)))).distinct().toList();
    return paths.size() == 1 ? paths.get(0) : "{" + String.join(",", paths) + "}";
  }

  static String relativeText(Path root, Path file) {
    return slashed(relative(root, file));
  }

  static String source(String glob, List<String> taken) {
    String words =
        glob.replaceAll(".*/", "").replaceAll("\\.\\w+$", "").replaceAll("[^A-Za-z0-9]+", " ");
    return Words.name(words.replaceAll("^[0-9 ]+|[0-9 ]+$", ""), "workbooks", taken);
  }

  private static String single(String name) {
    int dot = name.lastIndexOf('.');
    String stem = dot > 0 ? name.substring(0, dot) : name;
    String end = dot > 0 ? name.substring(dot) : "";
    StringBuilder glob = new StringBuilder();
    int from = 0;
    for (var match = DATE.matcher(stem); match.find(); from = match.end()) {
      glob.append(escaped(stem.substring(from, match.start()))).append('*');
    }
    return glob.append(escaped(stem.substring(from))).append(escaped(end)).toString();
  }

  private static String common(List<String> names) {
    String start = names.get(0);
    String end = names.get(0);
    for (String name : names) {
      while (!name.startsWith(start)) {
        start = start.substring(0, start.length() - 1);
      }
      while (!name.endsWith(end)) {
        end = end.substring(1);
      }
    }
    if (names.stream().distinct().count() == 1) {
      return single(names.get(0));
    }
    String extension = end.contains(".") ? end.substring(end.lastIndexOf('.')) : "";
    return escaped(start.replaceAll("[-_. 0-9]+$", "")) + "*" + escaped(extension);
  }

  private static String escaped(String text) {
    return text.replaceAll("[\\\\*?\\[\\]{}]", "\\\\$0");
  }

  private static boolean sameFolder(Path one, Path other) {
    return one == null ? other == null : one.equals(other);
  }

  private static Path relative(Path root, Path file) {
    return root.relativize(absolute(file));
  }

  private static Path absolute(Path file) {
    return file.toAbsolutePath().normalize();
  }

  private static String slashed(Path path) {
    return path.toString().replace('\\', '/');
  }
}
