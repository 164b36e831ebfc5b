package io.sluice.config;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;

/**
 * The glob that says which files of the landing a source takes. A folder wildcard also stands for
 * no folder at all, which it does not in Java's globs.
 */
public final class FilesGlob {
  private static final String FOLDERS = "**/";

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
    this.matchers =
        globs.stream()
            .map(each -> FileSystems.getDefault().getPathMatcher("glob:" + each))
            .toList();
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
