package io.sluice.run;

/** Told what a run is doing, for people who watch. */
public interface Progress {
  Progress SILENT = line -> {};

  void step(String line);
}
