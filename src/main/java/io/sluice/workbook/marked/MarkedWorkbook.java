package io.sluice.workbook.marked;

import io.sluice.config.Source;
import io.sluice.error.Place;
import io.sluice.error.Reason;
import io.sluice.error.SluiceException;
import io.sluice.workbook.OwnSheets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import org.apache.poi.ss.usermodel.Sheet;
import org.apache.poi.ss.usermodel.Workbook;
import org.apache.poi.ss.util.CellReference;

/** Writes what goes back to the owner of a workbook. */
public final class MarkedWorkbook {
  /** What a workbook may unpack to, to be copied: the copy is made in memory. */
  public static final long USUAL_LIMIT = 100L << 20;

  private static final String ROWS_SUFFIX = ".rejected-rows.xlsx";

  private final String displayName;
  private final Source source;
  private final long mostUnpacked;

  /**
   * @param displayName path relative to the landing, how messages name the file
   * @param mostUnpacked bytes; of a workbook with more only the rejected rows are written
   */
  public MarkedWorkbook(String displayName, Source source, long mostUnpacked) {
    this.displayName = displayName;
    this.source = source;
    this.mostUnpacked = mostUnpacked;
  }

  /**
   * What was written.
   *
   * @param file where; its name is that of the original, unless it is no copy
   * @param copy whether it is a copy of the whole workbook, which can be mended and sent back
   * @param why of what is no copy, why it is none; else empty
   */
  public record Written(Path file, boolean copy, String why) {}

  /**
   * Writes a copy with marks beside nothing but its summary; where the workbook is too large for
   * that, or of a kind that cannot be copied, a workbook with the rejected rows alone.
   *
   * @param original the bytes that were read; they are left as they are
   * @param headerRows number of the header row, by sheet
   * @param target path of the copy
   * @param force whether a file that is there is written over
   * @throws SluiceException USAGE if the target is there; WORKBOOK_ENCRYPTED, or another refusal,
   *     if the original cannot be opened
   */
  public Written write(
      Path original,
      List<Mark> marks,
      Map<String, Integer> headerRows,
      Path target,
      boolean force) {
    try {
      Files.createDirectories(target.toAbsolutePath().getParent());
      String whyNot;
      try (OriginalFile opened = OriginalFile.open(original, displayName, source, mostUnpacked)) {
        if (opened.why().isEmpty()) {
          requireFree(target, force);
          mark(opened.workbook(), marks);
          save(target, opened::write);
          return new Written(target, true, "");
        }
        whyNot = opened.why();
      }
      String name = target.getFileName().toString();
      int dot = name.lastIndexOf('.');
      Path rows = target.resolveSibling((dot < 0 ? name : name.substring(0, dot)) + ROWS_SUFFIX);
      requireFree(rows, force);
      save(
          rows,
          to ->
              new RejectedRows(displayName, source, introduction(false))
                  .write(original, marks, headerRows, to));
      return new Written(rows, false, whyNot);
    } catch (IOException e) {
      throw new SluiceException(
          Reason.LAKE_UNWRITABLE,
          "The marked workbook " + target + " cannot be written",
          String.valueOf(e.getMessage()),
          "Check that the folder can be written and has room, or name another one.",
          Place.file(displayName),
          e);
    }
  }

  private void mark(Workbook workbook, List<Mark> marks) {
    CellMarks cells = new CellMarks(workbook);
    if (removeOwn(workbook)) {
      cells.removeEarlier();
    }
    Map<Mark, CellReference> places = cells.apply(marks);
    Sheet summary = Summary.write(workbook, introduction(true), marks, places);
    int index = workbook.getSheetIndex(summary);
    // Sheets that are selected together are edited together.
    for (Sheet sheet : workbook) {
      sheet.setSelected(sheet == summary);
    }
    workbook.setActiveSheet(index);
  }

  private static boolean removeOwn(Workbook workbook) {
    boolean removed = false;
    for (int i = workbook.getNumberOfSheets() - 1; i >= 0; i--) {
      if (OwnSheets.is(workbook.getSheetName(i)) && workbook.getNumberOfSheets() > 1) {
        workbook.removeSheetAt(i);
        removed = true;
      }
    }
    return removed;
  }

  private List<String> introduction(boolean copy) {
    String name = displayName.substring(displayName.lastIndexOf('/') + 1);
    String how =
        switch (source.order().by()) {
          case MODIFIED_TIME -> "Save it under its own name, " + name + ", and send it again.";
          case NAME_PATTERN ->
              "Save it under its own name with the next version in it (now: "
                  + name
                  + "), and send it again.";
          case MANIFEST_SEQUENCE ->
              "Save it under its own name, "
                  + name
                  + ", and send it again with a manifest of the next sequence.";
          case ABOVE ->
              "Raise '"
                  + source.order().argument()
                  + "' in it, keep the name "
                  + name
                  + ", and send it again.";
        };
    return copy
        ? List.of(
            "What was not taken from " + name,
            "Mend the coloured cells on the other sheets; each has a comment that says why. " + how,
            "Colours, comments and this sheet need not be removed: they are ignored when it is read.")
        : List.of(
            "What was not taken from " + name,
            "This is no copy of the workbook. Mend the rows named here in your own one. " + how,
            "Do not send this file: it is refused, since it has the rejected rows only.");
  }

  private static void requireFree(Path target, boolean force) {
    if (!force && Files.exists(target)) {
      throw new SluiceException(
          Reason.USAGE,
          "There is a file " + target + " already",
          "somebody may be mending it",
          "Name another place, or write over it with --force.");
    }
  }

  @FunctionalInterface
  private interface Content {
    void write(Path to) throws IOException;
  }

  /** Beside the target first: a workbook that is there is a whole one. */
  private static void save(Path target, Content content) throws IOException {
    Path part = Files.createTempFile(target.toAbsolutePath().getParent(), ".sluice-", ".part");
    try {
      content.write(part);
      Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(part);
    }
  }
}
