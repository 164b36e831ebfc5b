package io.sluice.workbook;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** The regular expressions of a configuration, compiled once and not for every path. */
public final class Patterns {
  private static final Map<String, Pattern> COMPILED = new ConcurrentHashMap<>();

  private Patterns() {}

  public static Pattern of(String text) {
    return COMPILED.computeIfAbsent(text, Pattern::compile);
  }
}
