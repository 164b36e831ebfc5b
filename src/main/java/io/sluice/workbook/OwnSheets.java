package io.sluice.workbook;

import java.util.Locale;

/** The sheets that Sluice adds to workbooks it gives back. Readers pass over them. */
public final class OwnSheets {
  /** What was rejected of a workbook, and what to do. */
  public static final String SUMMARY = "Sluice rejects";

  /** The rejected rows of a workbook that is too large to be copied. */
  public static final String ROWS = "Sluice rejected rows";

  private OwnSheets() {}

  /** Whether a sheet of this name is one of Sluice's own, in whatever case. */
  public static boolean is(String name) {
    String folded = name.strip().toLowerCase(Locale.ROOT);
    return folded.equals(SUMMARY.toLowerCase(Locale.ROOT))
        || folded.equals(ROWS.toLowerCase(Locale.ROOT));
  }
}
