package io.sluice.error;

/**
 * What a process of ours ends with. Schedulers branch on it, so a code never changes its meaning.
 */
public enum ExitCode {
  DONE(0, "done, or nothing to do"),
  DEFECT(1, "a defect of Sluice itself"),
  USAGE(2, "usage, configuration, or a changed definition"),
  SOURCE_MISSING(3, "a source is missing or late"),
  CONTRACT_BROKEN(4, "a file was refused or waits, or a contract or reject limit was broken"),
  GATE_FAILED(5, "a quality gate failed"),
  PIPELINE_BUSY(6, "another run holds the pipeline"),
  INFRASTRUCTURE(7, "infrastructure failed; try again");

  private final int code;
  private final String meaning;

  ExitCode(int code, String meaning) {
    this.code = code;
    this.meaning = meaning;
  }

  public int code() {
    return code;
  }

  public String meaning() {
    return meaning;
  }

  /** Of several outcomes the one with the highest code is what the process answers. */
  public ExitCode worse(ExitCode other) {
    return other.code > code ? other : this;
  }
}
