package io.sluice.contract;

/**
 * What a cell holds, as stored. The code is what bronze keeps beside the texts, one character a
 * cell.
 */
public enum CellKind {
  BLANK('_'),
  TEXT('s'),
  NUMBER('n'),
  /** A number that was stored as a decimal or an integer: none of its digits is noise. */
  EXACT('x'),
  /**
   * A number under a date format: its text is an ISO date, or an ISO timestamp if it has a time of
   * day.
   */
  DATE('d'),
  BOOLEAN('b'),
  ERROR('e'),
  FORMULA_WITHOUT_VALUE('f'),
  /** The reader in use does not know kinds. */
  UNKNOWN('?');

  private final char code;

  CellKind(char code) {
    this.code = code;
  }

  public char code() {
    return code;
  }

  /** Whether it is a number, and no date. */
  public boolean number() {
    return this == NUMBER || this == EXACT;
  }

  /**
   * The kind with this code.
   *
   * @throws IllegalArgumentException if no kind has it
   */
  public static CellKind of(char code) {
    for (CellKind kind : values()) {
      if (kind.code == code) {
        return kind;
      }
    }
    throw new IllegalArgumentException("No cell kind has the code '" + code + "'");
  }
}
