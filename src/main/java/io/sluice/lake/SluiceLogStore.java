package io.sluice.lake;

import io.delta.storage.HadoopFileSystemLogStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.util.Arrays;
import java.util.Iterator;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;

/**
 * Delta's log, written so that two processes never both succeed with the same version. Delta's own
 * stores check and then rename, which two processes can do at once.
 */
public class SluiceLogStore extends HadoopFileSystemLogStore {
  public SluiceLogStore(Configuration configuration) {
    super(configuration);
  }

  @Override
  public void write(
      Path path, Iterator<String> actions, Boolean overwrite, Configuration configuration)
      throws IOException {
    // All of it is made before the file is: an iterator that fails half way publishes nothing.
    ByteArrayOutputStream lines = new ByteArrayOutputStream();
    while (actions.hasNext()) {
      lines.write(actions.next().getBytes(StandardCharsets.UTF_8));
      lines.write('\n');
    }
    byte[] content = lines.toByteArray();
    if (overwrite) {
      AtomicFiles.replace(path, content, configuration);
      return;
    }
    try {
      AtomicFiles.create(path, content, configuration);
    } catch (FileAlreadyExistsException e) {
      // The answer to a request that had succeeded may have been lost and the request sent again:
      // what is there is then what we wrote. Commit files hold a random id, so nobody else's match.
      if (!Arrays.equals(content, readAll(path, configuration))) {
        throw e;
      }
    }
  }

  @Override
  public Boolean isPartialWriteVisible(Path path, Configuration configuration) {
    return false;
  }

  private static byte[] readAll(Path path, Configuration configuration) throws IOException {
    try (FSDataInputStream in = path.getFileSystem(configuration).open(path)) {
      return in.readAllBytes();
    }
  }
}
