package io.sluice.bronze;

import io.sluice.lake.Hashes;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.ChecksumFileSystem;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * A file's bytes on the disk of the task that reads it, hashed on the way. A workbook is a zip and
 * is read from both ends; and what is hashed must be what is parsed, even if somebody saves over
 * the original meanwhile.
 */
record LocalCopy(java.nio.file.Path path, String fileId, long size) implements AutoCloseable {

  private static final int LARGEST_SMALL = 16 << 20;

  /** Where files are fetched from. */
  record Landing(String root, Configuration configuration) {
    LocalCopy fetch(LandedFile file) throws IOException {
      Path from = path(file.uri());
      MessageDigest digest = Hashes.sha256();
      java.nio.file.Path to = Files.createTempFile("sluice-", ".workbook");
      try (InputStream in = raw(from.getFileSystem(configuration)).open(from);
          OutputStream out = new DigestOutputStream(Files.newOutputStream(to), digest)) {
        long size = in.transferTo(out);
        return new LocalCopy(to, HexFormat.of().formatHex(digest.digest()), size);
      } catch (IOException | RuntimeException e) {
        Files.deleteIfExists(to);
        throw e;
      }
    }

    /** The bytes of a small file. */
    byte[] bytes(String uri) throws IOException {
      Path from = path(uri);
      try (InputStream in = raw(from.getFileSystem(configuration)).open(from)) {
        byte[] bytes = in.readNBytes(LARGEST_SMALL + 1);
        if (bytes.length > LARGEST_SMALL) {
          throw new IOException("it has more than " + LARGEST_SMALL + " bytes");
        }
        return bytes;
      }
    }

    /** SHA-256 of a file as it is now; or, where it cannot be read, why. */
    String hash(String uri) {
      MessageDigest digest = Hashes.sha256();
      Path from = path(uri);
      try (InputStream in = raw(from.getFileSystem(configuration)).open(from)) {
        in.transferTo(new DigestOutputStream(OutputStream.nullOutputStream(), digest));
        return HexFormat.of().formatHex(digest.digest());
      } catch (FileNotFoundException e) {
        return "there is no such file any more";
      } catch (IOException e) {
        return "it cannot be read (" + e.getMessage() + ")";
      }
    }

    /** Made of its parts: a colon in the name of a file is no scheme. */
    private Path path(String uri) {
      return new Path(new Path(root), new Path(null, null, uri));
    }

    /** Without Hadoop's checksum files, which know neither colons nor who else saves a workbook. */
    private static FileSystem raw(FileSystem files) {
      return files instanceof ChecksumFileSystem checked ? checked.getRawFileSystem() : files;
    }
  }

  @Override
  public void close() {
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
