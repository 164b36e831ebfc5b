package io.sluice.config;

import java.io.Serializable;
import java.util.List;

/**
 * A declared column of a source.
 *
 * @param name its name in silver and beyond
 * @param headers the header texts it may stand under, the first one preferred; empty for a cell
 *     above the table
 * @param formats patterns of java.time for dates and timestamps stored as text
 * @param nullTexts texts that stand for "none"; an empty cell always does
 * @param pattern regular expression that the whole text must match; empty for none
 * @param allowed the only values allowed; empty for any
 * @param numbers how numbers stored as text are written
 * @param bounds between what its values must lie
 * @param hashKey the secret under which its values are hashed before anything is written; null
 *     where they are kept as they are
 */
public record Column(
    String name,
    String description,
    List<String> headers,
    ColumnType type,
    boolean required,
    List<String> formats,
    List<String> nullTexts,
    String pattern,
    List<String> allowed,
    ScaleExcess scaleExcess,
    Blanks blanks,
    NumberText numbers,
    Bounds bounds,
    Secret hashKey)
    implements Serializable {

  /** What to do with a decimal that has more digits after the point than its column. */
  public enum ScaleExcess {
    REJECT,
    HALF_UP
  }

  /** What to do with blanks in text. */
  public enum Blanks {
    /** The text stays as it is stored. */
    KEEP,
    /** Leading and trailing blanks go, runs of blanks become one. */
    COLLAPSE
  }

  public Column {
    headers = List.copyOf(headers);
    formats = List.copyOf(formats);
    nullTexts = List.copyOf(nullTexts);
    allowed = List.copyOf(allowed);
  }

  /** Whether its values are hashed before anything is written. */
  public boolean hashed() {
    return hashKey != null;
  }
}
