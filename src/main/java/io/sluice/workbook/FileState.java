package io.sluice.workbook;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Objects;

/** What a file looks like from outside, to notice that somebody saved over it. */
record FileState(long size, FileTime modified, Object key) {
  static FileState of(Path file) throws IOException {
    BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
    return new FileState(attributes.size(), attributes.lastModifiedTime(), attributes.fileKey());
  }

  /** Whether it still looks so; a file that is gone does not. */
  boolean holds(Path file) throws IOException {
    try {
      FileState now = of(file);
      return size == now.size && modified.equals(now.modified) && Objects.equals(key, now.key);
    } catch (NoSuchFileException vanished) {
      return false;
    }
  }
}
