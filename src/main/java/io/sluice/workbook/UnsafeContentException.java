package io.sluice.workbook;

import java.io.IOException;

/** A file that asks for more time or memory than a workbook of its size should. */
final class UnsafeContentException extends IOException {
  private static final long serialVersionUID = 1L;

  UnsafeContentException(String what) {
    super(what);
  }
}
