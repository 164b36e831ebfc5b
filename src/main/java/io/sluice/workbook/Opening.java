package io.sluice.workbook;

import io.sluice.config.Limits;
import io.sluice.config.Secret;
import io.sluice.config.Source;

/**
 * With what a workbook is opened.
 *
 * @param password null where none is declared
 */
record Opening(long unpackedBytes, long unpackedRatio, Secret password) {
  static final Opening USUAL =
      new Opening(Limits.USUAL_UNPACKED_BYTES, Limits.USUAL_UNPACKED_RATIO, null);

  static Opening of(Source source) {
    Limits limits = source.limits();
    return limits == null
        ? USUAL
        : new Opening(limits.unpackedBytes(), limits.unpackedRatio(), source.password());
  }

  Unpacking unpacking() {
    return new Unpacking(unpackedBytes, unpackedRatio);
  }
}
