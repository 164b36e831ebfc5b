package io.sluice.contract;

import io.sluice.config.Source;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What columns are called that silver gets for headers that a contract does not name. A name
 * depends on its header and the contract alone, so that it does not matter which file comes first:
 * where a header has more in it than the name can show, a hash of it stands behind.
 */
public final class AddedColumns {
  /** What every silver table has besides, and what its rows go by on their way there. */
  private static final List<String> PROVENANCE =
      List.of(
          "file_id",
          "sheet",
          "sheet_row",
          "batch",
          "kinds",
          "cells",
          "unknown_cells",
          "year",
          "month",
          "day");

  private static final Pattern PLAIN = Pattern.compile("[a-z][a-z0-9]*( [a-z0-9]+)*");

  /** With a hash behind it, a name has no more than the 63 bytes that PostgreSQL allows. */
  private static final int LONGEST = 50;

  private final Set<String> taken = new HashSet<>(PROVENANCE);
  private final Set<String> known = new HashSet<>();
  private final SensitiveHeaders sensitive;

  public AddedColumns(Source source) {
    this.sensitive = new SensitiveHeaders(source);
    source
        .contractColumns()
        .forEach(
            column -> {
              taken.add(column.name());
              column.headers().forEach(header -> known.add(SimilarTexts.folded(header)));
            });
    source.dropped().forEach(header -> known.add(SimilarTexts.folded(header)));
  }

  /**
   * The column for a header; empty where the contract names the header, or drops it, or it may be
   * that of a sensitive column.
   */
  public Optional<String> column(String header) {
    if (known.contains(SimilarTexts.folded(header)) || sensitive.maybe(header)) {
      return Optional.empty();
    }
    String same = same(header);
    String name = same.replaceAll("[^a-z0-9]+", "_").replaceAll("^_|_$", "");
    if (name.isEmpty() || Character.isDigit(name.charAt(0))) {
      name = ("column_" + name).replaceAll("_$", "");
    }
    boolean whole = PLAIN.matcher(same).matches() && name.length() <= LONGEST;
    return Optional.of(
        whole && !taken.contains(name)
            ? name
            : name.substring(0, Math.min(LONGEST, name.length())) + "_" + hash(same));
  }

  /** What two headers share that mean one column: case, blanks and underscores do not count. */
  public static String same(String header) {
    return SimilarTexts.folded(header.replace('_', ' '));
  }

  private static String hash(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 4);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
