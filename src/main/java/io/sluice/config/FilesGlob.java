package io.sluice.config;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The glob that says which files of the landing a source takes. A folder wildcard also stands for
 * no folder at all, which it does not in Java's globs.
 */
public final class FilesGlob {
  private static final String FOLDERS = "**/";

  /** Braces with a slash in them, which do not end where a folder's name does. */
  private static final Pattern ALTERNATIVE_FOLDERS = Pattern.compile("\\{[^}]*/");

  private final List<String> globs;
  private final List<PathMatcher> matchers;

  /**
   * @param glob as in {@link Source#files()}
   */
  public FilesGlob(String glob) {
    List<String> globs = new ArrayList<>(List.of(glob));
    for (int i = 0; i < globs.size(); i++) {
      String each = globs.get(i);
      for (int at = each.indexOf(FOLDERS); at >= 0; at = each.indexOf(FOLDERS, at + 1)) {
        if (at == 0 || each.charAt(at - 1) == '/') {
          String without = each.substring(0, at) + each.substring(at + FOLDERS.length());
          if (!globs.contains(without)) {
            globs.add(without);
          }
        }
      }
    }
    this.globs = List.copyOf(globs);
    this.matchers =
        globs.stream()
            .map(each -> FileSystems.getDefault().getPathMatcher("glob:" + each))
            .toList();
  }

  /**
   * Whether a folder may hold files that a source with this glob takes.
   *
   * @param folder relative to the landing root
   */
  public boolean mayHold(String folder) {
    String[] names = folder.split("/");
    return globs.stream().anyMatch(glob -> mayHold(glob, names));
  }

  private static boolean mayHold(String glob, String[] names) {
    if (ALTERNATIVE_FOLDERS.matcher(glob).find()) {
      return true;
    }
    String[] parts = glob.split("/");
    for (int i = 0; i < names.length; i++) {
      if (parts[Math.min(i, parts.length - 1)].contains("**")) {
        return true;
      }
      if (i >= parts.length - 1
          || !FileSystems.getDefault()
              .getPathMatcher("glob:" + parts[i])
              .matches(Path.of(names[i]))) {
        return false;
      }
    }
    return true;
  }

  /**
   * Whether a source with this glob takes a file.
   *
   * @param path relative to the landing root
   */
  public boolean matches(String path) {
    Path file = Path.of(path);
    return matchers.stream().anyMatch(matcher -> matcher.matches(file));
  }
}
