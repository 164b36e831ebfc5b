package io.sluice.workbook;

import java.io.IOException;
import java.io.InputStream;
import org.apache.poi.hssf.record.BlankRecord;
import org.apache.poi.hssf.record.BoolErrRecord;
import org.apache.poi.hssf.record.FormulaRecord;
import org.apache.poi.hssf.record.LabelRecord;
import org.apache.poi.hssf.record.LabelSSTRecord;
import org.apache.poi.hssf.record.MulBlankRecord;
import org.apache.poi.hssf.record.MulRKRecord;
import org.apache.poi.hssf.record.NumberRecord;
import org.apache.poi.hssf.record.RKRecord;

/**
 * How many cells an old workbook has, by the heads of its records ([MS-XLS] 2.1.4), which are plain
 * even where the rest is encrypted.
 */
final class XlsCells {
  private static final int RK_SIZE = 6;
  private static final int STYLE_SIZE = 2;

  private XlsCells() {}

  /** As many as there are before the stream's end, or before damage, which the reader judges. */
  static long count(InputStream records) {
    long cells = 0;
    byte[] head = new byte[4];
    try {
      while (records.readNBytes(head, 0, head.length) == head.length) {
        int kind = head[0] & 0xFF | (head[1] & 0xFF) << 8;
        int size = head[2] & 0xFF | (head[3] & 0xFF) << 8;
        cells +=
            switch (kind) {
              case BlankRecord.sid,
                  BoolErrRecord.sid,
                  FormulaRecord.sid,
                  LabelRecord.sid,
                  LabelSSTRecord.sid,
                  NumberRecord.sid,
                  RKRecord.sid ->
                  1;
              case MulRKRecord.sid -> size / RK_SIZE;
              case MulBlankRecord.sid -> size / STYLE_SIZE;
              default -> 0;
            };
        if (records.skip(size) < size) {
          return cells;
        }
      }
    } catch (IOException | RuntimeException damaged) {
      return cells;
    }
    return cells;
  }
}
