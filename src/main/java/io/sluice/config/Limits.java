package io.sluice.config;

import java.io.Serializable;
import java.math.BigDecimal;

/**
 * How much of a source may be bad before it is held, and how large a workbook may be at all.
 *
 * @param rejectedShare largest share of a slice's rows that may be rejected, 0 to 1
 * @param rejectedRows number of a slice's rows that may be rejected; {@link #ANY} where that does
 *     not matter
 * @param refusedFiles number of files of one run that may be refused before the run answers 4
 * @param unpackedBytes the most that a workbook may unpack to
 * @param unpackedRatio how many times its packed size a part of a workbook may have
 */
public record Limits(
    BigDecimal rejectedShare,
    long rejectedRows,
    long refusedFiles,
    long unpackedBytes,
    long unpackedRatio)
    implements Serializable {
  /** Of a number of rows that has no limit. */
  public static final long ANY = Long.MAX_VALUE;

  public static final long USUAL_UNPACKED_BYTES = 4L << 30;
  public static final long USUAL_UNPACKED_RATIO = 200;
}
