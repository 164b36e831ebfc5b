package io.sluice.bronze;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import org.apache.hadoop.fs.EtagSource;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;

/** A folder that names the contents of its files, as a store does, and tells which were opened. */
public final class TaggingFileSystem extends RawLocalFileSystem {
  static final String SCHEME = "tagged";
  static final List<String> OPENED = Collections.synchronizedList(new ArrayList<>());

  @Override
  public String getScheme() {
    return SCHEME;
  }

  @Override
  public URI getUri() {
    return URI.create(SCHEME + ":///");
  }

  @Override
  public FSDataInputStream open(Path file, int bufferSize) throws IOException {
    OPENED.add(file.getName());
    return super.open(file, bufferSize);
  }

  @Override
  public FileStatus[] listStatus(Path folder) throws IOException {
    FileStatus[] statuses = super.listStatus(folder);
    for (int i = 0; i < statuses.length; i++) {
      if (statuses[i].isFile()) {
        statuses[i] = new Tagged(statuses[i], pathToFile(statuses[i].getPath()).toPath());
      }
    }
    return statuses;
  }

  private static final class Tagged extends FileStatus implements EtagSource {
    private static final long serialVersionUID = 1L;

    private final String tag;

    Tagged(FileStatus status, java.nio.file.Path file) throws IOException {
      super(
          status.getLen(),
          false,
          1,
          status.getBlockSize(),
          status.getModificationTime(),
          status.getPath());
      tag = HexFormat.of().toHexDigits(java.util.Arrays.hashCode(Files.readAllBytes(file)));
    }

    @Override
    public String getEtag() {
      return tag;
    }
  }
}
