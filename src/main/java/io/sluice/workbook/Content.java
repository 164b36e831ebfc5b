package io.sluice.workbook;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * What a file is by its first bytes.
 *
 * @param name such as {@code a PDF document}
 */
record Content(Format format, String name) {
  /** What to do with it. */
  enum Format {
    ZIP,
    OLE2,
    PARQUET,
    UNSUPPORTED_WORKBOOK,
    TEXT,
    OTHER
  }

  private static final int LOOKED_AT = 4096;

  static Content of(Path path) throws IOException {
    try (InputStream stream = Files.newInputStream(path)) {
      return of(stream.readNBytes(LOOKED_AT));
    }
  }

  private static Content of(byte[] head) {
    if (starts(head, 'P', 'K', 3, 4) || starts(head, 'P', 'K', 5, 6)) {
      return new Content(Format.ZIP, "a zip archive");
    }
    if (starts(head, 0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1)) {
      return new Content(Format.OLE2, "an OLE2 container");
    }
    if (starts(head, 'P', 'A', 'R', '1')) {
      return new Content(Format.PARQUET, "a Parquet file");
    }
    // BIFF 2 to 4 begin with a BOF record and have no container.
    if (starts(head, 0x09) && head.length > 3 && head[1] % 2 == 0 && head[1] <= 4 && head[3] == 0) {
      return new Content(Format.UNSUPPORTED_WORKBOOK, "a workbook of Excel 4 or older");
    }
    return other(head);
  }

  private static Content other(byte[] head) {
    String text = new String(head, StandardCharsets.ISO_8859_1);
    String start = text.replaceFirst("^ï»¿", "").stripLeading().toLowerCase(Locale.ROOT);
    if (start.indexOf("%pdf-") >= 0 && start.indexOf("%pdf-") < 1024) {
      return named("a PDF document");
    }
    if (start.startsWith("<?xml") || start.startsWith("<workbook")) {
      return start.contains("urn:schemas-microsoft-com:office:spreadsheet")
          ? new Content(Format.UNSUPPORTED_WORKBOOK, "an XML Spreadsheet 2003")
          : named("an XML document");
    }
    if (start.startsWith("<!doctype html")
        || start.startsWith("<html")
        || start.startsWith("<table")
        || start.startsWith("<head")) {
      return named("an HTML page");
    }
    if (start.startsWith("{\\rtf")) {
      return named("a rich text document");
    }
    if (starts(head, 0x1F, 0x8B)) {
      return named("a gzip archive");
    }
    if (starts(head, 0x89, 'P', 'N', 'G') || starts(head, 0xFF, 0xD8, 0xFF)) {
      return named("an image");
    }
    return printable(head)
        ? new Content(Format.TEXT, "plain text (such as CSV)")
        : named("a file of an unknown kind");
  }

  private static Content named(String name) {
    return new Content(Format.OTHER, name);
  }

  private static boolean printable(byte[] head) {
    if (starts(head, 0xFF, 0xFE) || starts(head, 0xFE, 0xFF)) {
      return true;
    }
    for (byte b : head) {
      if (b >= 0 && b < ' ' && b != '\t' && b != '\n' && b != '\r' && b != '\f') {
        return false;
      }
    }
    return true;
  }

  private static boolean starts(byte[] head, int... magic) {
    if (head.length < magic.length) {
      return false;
    }
    for (int i = 0; i < magic.length; i++) {
      if ((head[i] & 0xFF) != magic[i]) {
        return false;
      }
    }
    return true;
  }
}
