package io.sluice.contract;

import io.sluice.config.Column;
import io.sluice.config.Source;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Puts a keyed hash in the place of what a sensitive cell holds, before anything else sees it. Not
 * safe for concurrent use.
 */
public final class SensitiveCells {
  private static final int KEY_BYTES = 32;
  private static final Pattern EXCEL_ERROR = Pattern.compile("#[A-Z0-9/_]{1,20}[!?]?");

  private final List<Column> columns;
  private final KeyedHash[] hashes;
  private final List<Set<String>> nullTexts;

  private SensitiveCells(Source source, Function<Column, KeyedHash> hash) {
    this.columns = source.contractColumns();
    this.hashes = new KeyedHash[columns.size()];
    this.nullTexts = columns.stream().map(SensitiveCells::nullTexts).toList();
    for (int i = 0; i < hashes.length; i++) {
      hashes[i] = columns.get(i).hashed() ? hash.apply(columns.get(i)) : null;
    }
  }

  /**
   * With the secrets as they are now.
   *
   * @throws io.sluice.error.SluiceException CONFIG_INVALID if one is not there
   */
  public static SensitiveCells of(Source source) {
    return new SensitiveCells(source, column -> KeyedHash.under(column.hashKey()));
  }

  /**
   * For a check that keeps nothing, by people who need not know the secrets: where one is not
   * there, another one that nobody knows.
   */
  public static SensitiveCells toCheck(Source source) {
    byte[] unknown = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(unknown);
    return new SensitiveCells(
        source,
        column ->
            column.hashKey().resolve().isPresent()
                ? KeyedHash.under(column.hashKey())
                : new KeyedHash(unknown));
  }

  /** Whether what this column of the contract holds is hidden. */
  public boolean hides(int column) {
    return hashes[column] != null;
  }

  /**
   * What to go on with in the place of a cell's text: null where it holds none; the error that
   * Excel shows in the place of a value stays.
   */
  public String text(int column, String text, CellKind kind) {
    if (hashes[column] == null) {
      return text;
    }
    if (noValue(kind)) {
      return text != null && EXCEL_ERROR.matcher(text).matches() ? text : null;
    }
    if (Blank.is(text) || nullTexts.get(column).contains(CellConverter.folded(text))) {
      return null;
    }
    boolean collapse = columns.get(column).blanks() == Column.Blanks.COLLAPSE;
    return hashes[column].of(collapse ? Blank.collapse(text) : text);
  }

  /** The kind of what is gone on with. */
  public CellKind kind(int column, String text, CellKind kind) {
    if (hashes[column] == null || noValue(kind)) {
      return kind;
    }
    return text == null ? CellKind.BLANK : CellKind.TEXT;
  }

  private static boolean noValue(CellKind kind) {
    return kind == CellKind.ERROR || kind == CellKind.FORMULA_WITHOUT_VALUE;
  }

  private static Set<String> nullTexts(Column column) {
    Set<String> folded = new HashSet<>();
    column.nullTexts().forEach(text -> folded.add(CellConverter.folded(text)));
    return folded;
  }
}
