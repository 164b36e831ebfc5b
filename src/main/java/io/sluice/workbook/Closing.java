package io.sluice.workbook;

/** Closing of what was only read. */
final class Closing {
  private Closing() {}

  /** The file was only read: what fails on closing loses nothing. */
  static void quietly(AutoCloseable resource) {
    try {
      resource.close();
    } catch (Exception closing) {
      return;
    }
  }

  static void after(Throwable failed, AutoCloseable resource) {
    try {
      resource.close();
    } catch (Exception second) {
      failed.addSuppressed(second);
    }
  }
}
