package io.sluice.lake;

import java.util.Locale;

/** The folders of a lake. */
public enum Layer {
  BRONZE,
  SILVER,
  GOLD,
  OPS;

  public String folder() {
    return name().toLowerCase(Locale.ROOT);
  }
}
