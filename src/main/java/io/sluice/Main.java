package io.sluice;

import io.sluice.cli.Sluice;

/** Starts Sluice: locally by the script of that name, on a cluster by {@code spark-submit}. */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    System.exit(Sluice.run(arguments));
  }
}
