package io.sluice.workbook;

import io.sluice.error.SluiceException;
import java.io.IOException;
import java.util.Locale;
import org.apache.poi.EncryptedDocumentException;
import org.apache.poi.hssf.OldExcelFormatException;
import org.apache.poi.openxml4j.exceptions.OpenXML4JException;

/** What libraries throw about a file, turned into the refusal that it means. */
final class Failures {
  /** Something that reads a file. */
  @FunctionalInterface
  interface Reading<T> {
    T read() throws IOException, OpenXML4JException;
  }

  private final String file;

  Failures(String file) {
    this.file = file;
  }

  /**
   * @param sheet empty while none is chosen
   */
  <T> T guard(String sheet, Reading<T> reading) {
    try {
      return reading.read();
    } catch (SluiceException refusal) {
      throw refusal;
    } catch (EncryptedDocumentException encrypted) {
      throw Refusals.encrypted(file, encrypted);
    } catch (OldExcelFormatException old) {
      throw Refusals.unsupported(file, "a workbook of Excel 95 or older");
    } catch (IOException | OpenXML4JException | RuntimeException | StackOverflowError failed) {
      // Parsers answer broken bytes with whatever they stumble over, down to the end of the stack.
      throw bomb(failed) ? Refusals.unsafe(file, failed) : Refusals.unreadable(file, sheet, failed);
    }
  }

  private static boolean bomb(Throwable failed) {
    for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
      String message = cause.getMessage();
      if (message != null && message.toLowerCase(Locale.ROOT).contains("zip bomb")) {
        return true;
      }
    }
    return false;
  }
}
