package io.sluice.run;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.ThreadLocalRandom;

/** Names of runs: the time they began, so that they sort, and four random digits. */
final class RunId {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss").withZone(ZoneOffset.UTC);

  private RunId() {}

  static String next() {
    int random = ThreadLocalRandom.current().nextInt(1 << 16);
    return TIME.format(Instant.now()) + "-%04x".formatted(random);
  }
}
