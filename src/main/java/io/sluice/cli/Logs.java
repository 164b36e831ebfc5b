package io.sluice.cli;

import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.config.Configurator;

/** Log levels of this process. */
final class Logs {
  private Logs() {}

  /** Our own events, and Spark's warnings. */
  static void show() {
    Configurator.setLevel("io.sluice", Level.INFO);
    Configurator.setRootLevel(Level.WARN);
  }
}
