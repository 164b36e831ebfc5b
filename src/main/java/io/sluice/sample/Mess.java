package io.sluice.sample;

import io.sluice.error.Place;
import java.util.Objects;

/**
 * A piece of mess in the sample.
 *
 * @param place the file relative to the sample's folder, and sheet and cell where one cell is meant
 * @param description what is there, for a person
 */
public record Mess(MessKind kind, Place place, String description) {
  public Mess {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(place, "place");
    Objects.requireNonNull(description, "description");
  }

  @Override
  public String toString() {
    return place + ": " + description + " -> " + kind.handling();
  }
}
