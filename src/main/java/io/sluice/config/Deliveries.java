package io.sluice.config;

import java.io.Serializable;

/**
 * How the files of a source belong together.
 *
 * @param parts regular expression over the path of a file, whose first group is the part of a
 *     delivery that the file is, and whose second one how many there are; that may be missing where
 *     manifests say it; empty where every file is a delivery of its own
 * @param manifest name of the file beside a delivery that says what it holds, with {@code {name}}
 *     for a file's own name and {@code {stem}} for that without part and ending; empty where there
 *     is none
 */
public record Deliveries(String parts, String manifest) implements Serializable {
  public static final String FILE_NAME = "{name}";
  public static final String STEM = "{stem}";

  /** Every file for itself. */
  public static final Deliveries SINGLE = new Deliveries("", "");

  public boolean inParts() {
    return !parts.isEmpty();
  }

  public boolean withManifest() {
    return !manifest.isEmpty();
  }
}
