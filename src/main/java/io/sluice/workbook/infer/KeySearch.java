package io.sluice.workbook.infer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Finds the smallest set of columns that is different in every row of each sheet. Rows equal in all
 * columns count once, as they do in silver. Texts are compared by their hashes: that two differ is
 * certain, so what is called unique is.
 */
final class KeySearch {
  static final int MOST_ROWS = 100_000;
  private static final int MOST_COLUMNS = 12;

  private final List<List<long[]>> sheets = new ArrayList<>();
  private int rows;

  void startSheet() {
    sheets.add(new ArrayList<>());
  }

  /**
   * @param texts of a row, null where blank
   */
  void take(String[] texts) {
    if (rows >= MOST_ROWS) {
      return;
    }
    rows++;
    long[] hashes = new long[texts.length];
    for (int i = 0; i < texts.length; i++) {
      hashes[i] = hash(texts[i]);
    }
    sheets.get(sheets.size() - 1).add(hashes);
  }

  /** Whether some rows were left out. */
  boolean partial() {
    return rows >= MOST_ROWS;
  }

  /**
   * @param columns that may belong to a key, the likeliest first
   * @return empty if no three of them do
   */
  List<Integer> find(List<Integer> columns) {
    List<List<long[]>> different = sheets.stream().map(KeySearch::different).toList();
    List<Integer> among = columns.subList(0, Math.min(MOST_COLUMNS, columns.size()));
    for (int size = 1; size <= 3; size++) {
      List<Integer> found = find(different, among, size, 0, List.of());
      if (!found.isEmpty()) {
        return found;
      }
    }
    return List.of();
  }

  private static List<Integer> find(
      List<List<long[]>> sheets, List<Integer> columns, int size, int from, List<Integer> chosen) {
    if (chosen.size() == size) {
      return sheets.stream().allMatch(rows -> unique(rows, chosen)) ? chosen : List.of();
    }
    for (int i = from; i < columns.size(); i++) {
      List<Integer> more = new ArrayList<>(chosen);
      more.add(columns.get(i));
      List<Integer> found = find(sheets, columns, size, i + 1, more);
      if (!found.isEmpty()) {
        return found;
      }
    }
    return List.of();
  }

  private static boolean unique(List<long[]> rows, List<Integer> columns) {
    Set<Long> seen = new HashSet<>();
    for (long[] row : rows) {
      long key = 17;
      for (int column : columns) {
        key = mixed(key * 31 + row[column]);
      }
      if (!seen.add(key)) {
        return false;
      }
    }
    return true;
  }

  private static List<long[]> different(List<long[]> rows) {
    Set<Long> seen = new HashSet<>();
    List<long[]> different = new ArrayList<>();
    for (long[] row : rows) {
      if (seen.add(mixed(Arrays.hashCode(row) * 31L + Arrays.stream(row).sum()))) {
        different.add(row);
      }
    }
    return different;
  }

  private static long hash(String text) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; text != null && i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
    }
    return text == null ? 0 : mixed(hash);
  }

  private static long mixed(long value) {
    long mixed = (value ^ (value >>> 33)) * 0xff51afd7ed558ccdL;
    return mixed ^ (mixed >>> 29);
  }
}
