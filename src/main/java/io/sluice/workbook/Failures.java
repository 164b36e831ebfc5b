package io.sluice.workbook;

import io.sluice.error.SluiceException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
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
      throw Refusals.encrypted(file, false, encrypted);
    } catch (OldExcelFormatException old) {
      throw Refusals.unsupported(file, "a workbook of Excel 95 or older");
    } catch (CharsetException other) {
      throw Refusals.otherCharset(file, sheet, other);
    } catch (UnsafeContentException unsafe) {
      throw Refusals.unsafe(file, unsafe);
    } catch (NoSuchFileException vanished) {
      throw Refusals.changed(file, vanished);
    } catch (IOException | OpenXML4JException | RuntimeException | StackOverflowError failed) {
      // Parsers answer broken bytes with whatever they stumble over, down to the end of the stack.
      throw Refusals.unreadable(file, sheet, failed);
    }
  }
}
