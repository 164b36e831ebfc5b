package io.sluice.error;

import java.io.Serializable;
import java.util.Objects;

/**
 * Where in the landing something was found. An empty string stands for "not known at this level",
 * e.g. the sheet of a file that is not a workbook.
 *
 * @param file path of the file relative to the landing root
 * @param sheet sheet name as the workbook spells it
 * @param cell A1 address
 */
public record Place(String file, String sheet, String cell) implements Serializable {
  public Place {
    Objects.requireNonNull(file, "file");
    Objects.requireNonNull(sheet, "sheet");
    Objects.requireNonNull(cell, "cell");
  }

  public static Place file(String file) {
    return new Place(file, "", "");
  }

  public static Place sheet(String file, String sheet) {
    return new Place(file, sheet, "");
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(file);
    if (!sheet.isEmpty()) {
      text.append(", sheet '").append(sheet).append('\'');
    }
    if (!cell.isEmpty()) {
      text.append(", cell ").append(cell);
    }
    return text.toString();
  }
}
