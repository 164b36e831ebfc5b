package io.sluice.workbook;

import io.sluice.error.Place;
import io.sluice.error.Reason;
import io.sluice.error.SluiceException;

/** The file that Office programs leave beside a workbook while somebody has it open. */
public final class LockFile {
  private static final String PREFIX = "~$";

  private LockFile() {}

  /**
   * Whether this is the path of one.
   *
   * @param path parts separated by {@code /}
   */
  public static boolean is(String path) {
    return path.substring(path.lastIndexOf('/') + 1).startsWith(PREFIX);
  }

  /** What is said when one is passed over. */
  public static SluiceException skipped(String file) {
    return new SluiceException(
        Reason.LOCK_FILE,
        "This is the lock file of a workbook that somebody has open",
        "its name begins with " + PREFIX,
        "Nothing needs to be done; close the workbook to make it go.",
        Place.file(file));
  }
}
