package io.sluice.sample;

/**
 * Random-looking numbers that depend only on the seed and on what they are for, so that any
 * workbook can be made without the ones before it. The mixing function is that of SplitMix64.
 */
final class Draw {
  private final long seed;

  Draw(long seed) {
    this.seed = mix(seed);
  }

  /** A number from 0 up to, but not including, the bound. */
  int below(int bound, String purpose, long... indexes) {
    long bits = mix(seed + purpose.hashCode());
    for (long index : indexes) {
      bits = mix(bits + index);
    }
    return (int) Long.remainderUnsigned(bits, bound);
  }

  private static long mix(long value) {
    long bits = value + 0x9E3779B97F4A7C15L;
    bits = (bits ^ (bits >>> 30)) * 0xBF58476D1CE4E5B9L;
    bits = (bits ^ (bits >>> 27)) * 0x94D049BB133111EBL;
    return bits ^ (bits >>> 31);
  }
}
