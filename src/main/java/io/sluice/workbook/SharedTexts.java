package io.sluice.workbook;

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

  void add(String text) throws IOException {
    if (onDisk == null) {
      size += text.isEmpty() ? 8 : OVERHEAD + text.length();
      if (size <= MOST_IN_MEMORY) {
        inMemory.add(text);
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
   * @param number from 0, less than {@link #count}
   */
  String at(int number) throws IOException {
    int beyond = number - inMemory.size();
    if (beyond < 0) {
      return inMemory.get(number);
    }
    int slot = number % RECENT;
    if (recent[slot] == null || recentNumber[slot] != number) {
      recent[slot] = onDisk.at(beyond);
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
