package io.sluice.config;

import io.sluice.error.Reason;
import io.sluice.error.SluiceException;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A reference to a secret, resolved only where it is used, so that the value itself never stands in
 * configuration, logs or plans.
 *
 * @param reference {@code env:NAME} or {@code file:/path}
 */
public record Secret(String reference) implements Serializable {
  private static final String ENVIRONMENT = "env:";
  private static final String FILE = "file:";

  public Secret {
    if (!reference.startsWith(ENVIRONMENT) && !reference.startsWith(FILE)) {
      throw new IllegalArgumentException(
          "a secret is given by reference: env:NAME or file:/path, not by its value");
    }
  }

  /** The value; empty where the variable or file does not exist. */
  public Optional<String> resolve() {
    if (reference.startsWith(ENVIRONMENT)) {
      return Optional.ofNullable(System.getenv(reference.substring(ENVIRONMENT.length())));
    }
    Path file = Path.of(reference.substring(FILE.length()));
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(Files.readString(file).strip());
    } catch (IOException e) {
      throw new SluiceException(
          Reason.CONFIG_INVALID,
          "The secret file " + file + " cannot be read",
          String.valueOf(e.getMessage()),
          "Check the file's permissions.",
          e);
    }
  }

  @Override
  public String toString() {
    return reference;
  }
}
