package io.sluice.workbook;

import io.sluice.error.Place;
import io.sluice.error.Reason;
import io.sluice.error.SluiceException;

/** What is said when a file is refused for what it is, whatever its contract. */
final class Refusals {
  private static final String SAVE_AS_XLSX =
      "Open it in Excel, save it as an Excel workbook (.xlsx) and send it again.";
  private static final String SEND_AGAIN =
      "Send the workbook again; if it opens in Excel, save it there under a new name first.";

  private static final int LONGEST_DETAIL = 160;

  private Refusals() {}

  static SluiceException zeroBytes(String file) {
    return new SluiceException(
        Reason.FILE_ZERO_BYTES,
        file + " is empty",
        "the file has zero bytes; its upload probably broke off",
        "Send the workbook again.",
        Place.file(file));
  }

  static SluiceException truncated(String file, Throwable cause) {
    return new SluiceException(
        Reason.FILE_TRUNCATED,
        file + " is cut off",
        "the end of the file, where a workbook lists its parts, is missing",
        "Send the workbook again, and wait until it is uploaded whole.",
        Place.file(file),
        cause);
  }

  /**
   * @param what such as {@code a PDF document}
   */
  static SluiceException notWorkbook(String file, String what) {
    return new SluiceException(
        Reason.NOT_A_WORKBOOK,
        file + " is " + what + ", not a workbook",
        "its content decides, whatever its name ends with",
        "Send the data as an Excel workbook (.xlsx), as Parquet, or as CSV under a name with .csv.",
        Place.file(file));
  }

  /**
   * @param what such as {@code a binary workbook (.xlsb)}
   */
  static SluiceException unsupported(String file, String what) {
    return new SluiceException(
        Reason.WORKBOOK_UNSUPPORTED,
        file + " is " + what,
        "Sluice reads .xlsx, .xlsm and .xls of Excel 97 and later",
        SAVE_AS_XLSX,
        Place.file(file));
  }

  static SluiceException encrypted(String file, boolean declared, Throwable cause) {
    return new SluiceException(
        Reason.WORKBOOK_ENCRYPTED,
        file + " is encrypted",
        declared
            ? "the password that the source declares does not open it"
            : "the workbook needs a password to be opened",
        declared
            ? "Correct the secret behind the source's password, or send the workbook without one."
            : "Remove the password in Excel (File, Info, Protect Workbook) and send it again, or"
                + " declare the source's password by reference.",
        Place.file(file),
        cause);
  }

  static SluiceException passwordNotSet(String file, String reference) {
    return new SluiceException(
        Reason.WORKBOOK_ENCRYPTED,
        file + " is encrypted",
        "the source declares its password as " + reference + ", and there is none",
        "Set the variable or write the file, where the workbooks are read.",
        Place.file(file));
  }

  static SluiceException lockFile(String file) {
    return new SluiceException(
        Reason.LOCK_FILE,
        file + " is not a workbook but Excel's mark that someone has one open",
        "its name begins with ~$",
        "Nothing; Excel removes it when the workbook is closed.",
        Place.file(file));
  }

  static SluiceException changed(String file, Throwable cause) {
    return new SluiceException(
        Reason.FILE_CHANGED_WHILE_READ,
        file + " changed or vanished while it was read",
        "its size or time of change is no longer what it was at the start",
        "Wait until it is written whole, and read it again.",
        Place.file(file),
        cause);
  }

  static SluiceException unsafe(String file, Throwable cause) {
    return new SluiceException(
        Reason.WORKBOOK_UNSAFE,
        file + " was not read to its end",
        detail(cause),
        "Save it in Excel under a new name and send that; if it stays refused, ask who made it,"
            + " or raise the limit where the message names one.",
        Place.file(file),
        cause);
  }

  static SluiceException otherCharset(String file, String sheet, CharsetException cause) {
    return new SluiceException(
        Reason.FILE_UNREADABLE,
        file + " is not in the character set that its source declares",
        cause.getMessage(),
        "Set csv.charset of the source to what the file is written in, such as windows-1252, or save"
            + " it as UTF-8.",
        Place.sheet(file, sheet),
        cause);
  }

  static SluiceException unreadable(String file, String sheet, Throwable cause) {
    return new SluiceException(
        Reason.FILE_UNREADABLE,
        file + " cannot be read as a workbook",
        "its content is damaged (" + detail(cause) + ")",
        SEND_AGAIN,
        Place.sheet(file, sheet),
        cause);
  }

  /** The first cause knows best, and those above it name paths of this machine. */
  private static String detail(Throwable failed) {
    Throwable first = failed;
    while (first.getCause() != null && first.getCause() != first) {
      first = first.getCause();
    }
    if (first instanceof NumberFormatException) {
      return "a number in it is none";
    }
    String message = first.getMessage() == null ? "" : first.getMessage().strip();
    if (message.isEmpty()) {
      return first.getClass().getSimpleName();
    }
    String line = message.replaceAll("\\s+", " ").replaceAll("\\.$", "");
    return line.length() <= LONGEST_DETAIL ? line : line.substring(0, LONGEST_DETAIL) + "…";
  }

  static SluiceException empty(String file, String sheet) {
    return new SluiceException(
        Reason.EMPTY,
        "The sheet '" + sheet + "' has a header and no rows under it",
        "a workbook without rows cannot tell whether its slice is empty or unfinished",
        "Send the workbook again with its rows.",
        Place.sheet(file, sheet));
  }
}
