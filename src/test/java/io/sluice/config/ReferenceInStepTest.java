package io.sluice.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * Both files are made from the declarations of the keys: {@code mvn test -Dtest=ReferenceInStepTest
 * -Dsluice.write=true} writes them anew.
 */
class ReferenceInStepTest {
  @Test
  void referenceConfHoldsEveryKeyWithItsDefaultAndDocumentation() throws IOException {
    assertInStep(Path.of("src/main/resources/reference.conf"), ConfigurationReference.defaults());
  }

  @Test
  void configurationPageListsEveryKey() throws IOException {
    assertInStep(Path.of("docs/configuration.md"), ConfigurationReference.page());
  }

  private static void assertInStep(Path file, String declared) throws IOException {
    if (Boolean.getBoolean("sluice.write")) {
      Files.createDirectories(file.getParent());
      Files.writeString(file, declared);
    }
    assertThat(Files.readString(file)).isEqualTo(declared);
  }
}
