package io.sluice.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretTest {
  @TempDir Path folder;

  @Test
  void secretFileGivesItsTextWithoutTheLineEnd() throws IOException {
    Path file = Files.writeString(folder.resolve("password"), "hunter2\n");
    Secret secret = new Secret("file:" + file);
    assertThat(secret.resolve()).contains("hunter2");
    assertThat(secret.toString()).isEqualTo("file:" + file);
  }

  @Test
  void whatDoesNotExistIsAbsent() {
    assertThat(new Secret("file:" + folder.resolve("none")).resolve()).isEmpty();
    assertThat(new Secret("env:SLUICE_NO_SUCH_VARIABLE").resolve()).isEmpty();
  }

  @Test
  void valueInClearIsRefusedWithoutBeingRepeated() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Secret("hunter2"))
        .withMessageNotContaining("hunter2");
  }
}
