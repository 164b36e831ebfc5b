package io.sluice.config;

import java.util.List;
import java.util.stream.Stream;

/**
 * A block of configuration and what may stand in it.
 *
 * @param name its own key
 * @param item what {@code defaults} calls one of it; empty for a block that stands once
 */
record Section(
    String name,
    Shape shape,
    String item,
    String documentation,
    List<Key<?>> keys,
    List<Section> sections) {

  /** How a block is written. */
  enum Shape {
    /** {@code name { keys }}. */
    ONE,
    /** {@code name { NAME { keys }, NAME { keys } }}. */
    NAMED,
    /** {@code name = [ { keys }, { keys } ]}. */
    LISTED,
    /** {@code name { any keys }}. */
    FREE
  }

  Section {
    keys = List.copyOf(keys);
    sections = List.copyOf(sections);
  }

  static Section one(String name, String documentation, List<Key<?>> keys, Section... sections) {
    return new Section(name, Shape.ONE, "", documentation, keys, List.of(sections));
  }

  static Section named(
      String name, String item, String documentation, List<Key<?>> keys, Section... sections) {
    return new Section(name, Shape.NAMED, item, documentation, keys, List.of(sections));
  }

  static Section listed(String name, String item, String documentation, List<Key<?>> keys) {
    return new Section(name, Shape.LISTED, item, documentation, keys, List.of());
  }

  static Section free(String name, String documentation) {
    return new Section(name, Shape.FREE, "", documentation, List.of(), List.of());
  }

  /** Everything that may stand directly in the block. */
  List<String> names() {
    return Stream.concat(keys.stream().map(Key::name), sections.stream().map(Section::name))
        .toList();
  }
}
