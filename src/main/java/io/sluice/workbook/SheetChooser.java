package io.sluice.workbook;

import io.sluice.config.SheetChoice;
import io.sluice.error.Place;
import io.sluice.error.Reason;
import io.sluice.error.SluiceException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Chooses a source's sheets among those of a workbook. Hidden ones are taken only by their name,
 * and those that Sluice adds to the copies it marks never: such a copy is read as its original is.
 */
final class SheetChooser {
  private static final int MOST_NAMED = 20;

  private final List<WorkbookFile.Sheet> sheets;
  private final String file;

  SheetChooser(List<WorkbookFile.Sheet> sheets, String file) {
    this.sheets = sheets;
    this.file = file;
  }

  /**
   * @return indices in the order of the tabs, at least one
   * @throws SluiceException SHEET_MISSING or SHEET_AMBIGUOUS
   */
  List<Integer> chosen(SheetChoice choice) {
    String wanted = choice.argument();
    return switch (choice.by()) {
      case FIRST_VISIBLE -> List.of(present(visible(), "has no visible sheet").get(0));
      case EVERY_VISIBLE -> present(visible(), "has no visible sheet");
      case NAME -> List.of(named(wanted));
      case PATTERN -> {
        Pattern pattern = Pattern.compile(wanted);
        yield List.of(
            only(
                matching(s -> s.visible() && pattern.matcher(s.name().strip()).matches()),
                "visible sheet whose name matches " + wanted));
      }
      case INDEX -> List.of(at(Integer.parseInt(wanted)));
    };
  }

  private List<Integer> visible() {
    return matching(WorkbookFile.Sheet::visible);
  }

  private int named(String name) {
    List<Integer> exact = matching(sheet -> sheet.name().equals(name));
    if (!exact.isEmpty()) {
      return exact.get(0);
    }
    String folded = HeaderText.folded(name);
    return only(
        matching(sheet -> HeaderText.folded(sheet.name()).equals(folded)), "sheet '" + name + "'");
  }

  private int at(int position) {
    List<Integer> visible = visible();
    if (position > visible.size()) {
      throw missing("has no visible sheet number " + position);
    }
    return visible.get(position - 1);
  }

  private List<Integer> matching(Predicate<WorkbookFile.Sheet> wanted) {
    List<Integer> found = new ArrayList<>();
    for (int i = 0; i < sheets.size(); i++) {
      if (!OwnSheets.is(sheets.get(i).name()) && wanted.test(sheets.get(i))) {
        found.add(i);
      }
    }
    return found;
  }

  private int only(List<Integer> found, String what) {
    if (present(found, "has no " + what).size() > 1) {
      throw new SluiceException(
          Reason.SHEET_AMBIGUOUS,
          file + " has more than one " + what,
          "these are meant equally: "
              + listed(found.stream().map(i -> quoted(sheets.get(i))).toList()),
          "Rename or hide all but one of them in the workbook, or say in the contract which one it"
              + " is (sheet).",
          Place.sheet(file, sheets.get(found.get(1)).name()));
    }
    return found.get(0);
  }

  private List<Integer> present(List<Integer> found, String lack) {
    if (found.isEmpty()) {
      throw missing(lack);
    }
    return found;
  }

  private SluiceException missing(String lack) {
    List<String> names =
        sheets.stream().map(sheet -> quoted(sheet) + (sheet.visible() ? "" : " (hidden)")).toList();
    return new SluiceException(
        Reason.SHEET_MISSING,
        file + " " + lack,
        names.isEmpty() ? "it has no worksheet" : "its sheets are " + listed(names),
        "Rename or unhide the sheet with the table in the workbook, or name it in the contract"
            + " (sheet).",
        Place.file(file));
  }

  private static String listed(List<String> names) {
    List<String> first = names.subList(0, Math.min(names.size(), MOST_NAMED));
    return String.join(", ", first) + (names.size() > MOST_NAMED ? " and others" : "");
  }

  private static String quoted(WorkbookFile.Sheet sheet) {
    return "'" + sheet.name() + "'";
  }
}
