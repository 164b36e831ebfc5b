package io.sluice.bronze;

import java.util.List;

/**
 * Files that somebody wants taken though they came late.
 *
 * @param files paths relative to the landing root, globs of such, or the first digits of file ids
 * @param by who
 */
public record Approval(List<String> files, String by) {
  public Approval {
    files = List.copyOf(files);
  }
}
