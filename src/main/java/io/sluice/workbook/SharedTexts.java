package io.sluice.workbook;

import io.sluice.contract.Blank;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The texts that cells refer to by number. Those of an ordinary workbook stand in memory; what goes
 * beyond stands in a temporary file, so that memory does not grow with the workbook.
 */
final class SharedTexts implements Closeable {
  private static final long MOST_IN_MEMORY = 32L << 20;
  private static final int OVERHEAD = 48;
  private static final int RECENT = 4096;

  private final List<String> inMemory = new ArrayList<>();
  private long size;
  private TextFile onDisk;
  private final String[] recent = new String[RECENT];
  private final int[] recentNumber = new int[RECENT];

  void add(String stored) throws IOException {
    String text = Blank.is(stored) ? "" : stored;
    if (onDisk == null) {
      size += text.isEmpty() ? 8 : OVERHEAD + text.length();
      if (size <= MOST_IN_MEMORY) {
        // A cell can then tell without a look at the text, which is far away in memory.
        inMemory.add(text.isEmpty() ? null : text);
        return;
      }
      onDisk = new TextFile();
    }
    onDisk.add(text);
  }

  int count() {
    return inMemory.size() + (onDisk == null ? 0 : onDisk.count());
  }

  /**
   * The text, or null if it is blank.
   *
   * @param number from 0, less than {@link #count}
   */
  String at(int number) throws IOException {
    int beyond = number - inMemory.size();
    if (beyond < 0) {
      return inMemory.get(number);
    }
    int slot = number % RECENT;
    if (recent[slot] == null || recentNumber[slot] != number) {
      String text = onDisk.at(beyond);
      recent[slot] = text.isEmpty() ? null : text;
      recentNumber[slot] = number;
    }
    return recent[slot];
  }

  @Override
  public void close() throws IOException {
    if (onDisk != null) {
      onDisk.close();
    }
  }
}
