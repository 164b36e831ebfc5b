package io.sluice.workbook;

import java.io.IOException;

/** A text that is not in the character set that its source declares. */
final class CharsetException extends IOException {
  private static final long serialVersionUID = 1L;

  CharsetException(String what) {
    super(what);
  }
}
