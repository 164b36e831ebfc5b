package io.sluice.error;

import java.util.Objects;
import java.util.Optional;

/**
 * The one exception of Sluice: a reason code, and a message of three parts that tells a person what
 * is wrong, why, and what to do. Everything else that escapes is a defect.
 */
public final class SluiceException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Reason reason;
  private final String problem;
  private final String why;
  private final String remedy;
  private final Place place;

  public SluiceException(Reason reason, String problem, String why, String remedy) {
    this(reason, problem, why, remedy, null, null);
  }

  public SluiceException(
      Reason reason, String problem, String why, String remedy, Throwable cause) {
    this(reason, problem, why, remedy, null, cause);
  }

  public SluiceException(Reason reason, String problem, String why, String remedy, Place place) {
    this(reason, problem, why, remedy, place, null);
  }

  public SluiceException(
      Reason reason, String problem, String why, String remedy, Place place, Throwable cause) {
    super(problem + ": " + why + ". " + remedy, cause);
    this.reason = Objects.requireNonNull(reason, "reason");
    this.problem = Objects.requireNonNull(problem, "problem");
    this.why = Objects.requireNonNull(why, "why");
    this.remedy = Objects.requireNonNull(remedy, "remedy");
    this.place = place;
  }

  public Reason reason() {
    return reason;
  }

  public ExitCode exitCode() {
    return reason.exitCode();
  }

  /** What is wrong, without a full stop. */
  public String problem() {
    return problem;
  }

  /** Why it is wrong, without a full stop. */
  public String why() {
    return why;
  }

  /** What the reader can do about it, as a sentence. */
  public String remedy() {
    return remedy;
  }

  public Optional<Place> place() {
    return Optional.ofNullable(place);
  }
}
