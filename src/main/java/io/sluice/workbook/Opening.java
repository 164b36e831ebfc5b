package io.sluice.workbook;

import io.sluice.config.AboveCell;
import io.sluice.config.Csv;
import io.sluice.config.Limits;
import io.sluice.config.Secret;
import io.sluice.config.Source;
import java.util.List;

/**
 * With what a workbook is opened.
 *
 * @param password null where none is declared
 * @param above what is looked for above its table
 * @param headers by what its table's columns go
 * @param csv how it is written if it is one
 */
record Opening(
    long unpackedBytes,
    long unpackedRatio,
    Secret password,
    List<AboveCell> above,
    List<String> headers,
    Csv csv) {
  static final Opening USUAL =
      new Opening(Limits.USUAL_UNPACKED_BYTES, Limits.USUAL_UNPACKED_RATIO, null);

  static Opening of(Source source) {
    Limits limits = source.limits();
    return limits == null
        ? USUAL
        : new Opening(
            limits.unpackedBytes(),
            limits.unpackedRatio(),
            source.password(),
            source.above(),
            source.columns().stream().flatMap(column -> column.headers().stream()).toList(),
            source.csv());
  }

  Opening(long unpackedBytes, long unpackedRatio, Secret password) {
    this(unpackedBytes, unpackedRatio, password, List.of(), List.of(), Csv.USUAL);
  }

  Unpacking unpacking() {
    return new Unpacking(unpackedBytes, unpackedRatio);
  }
}
