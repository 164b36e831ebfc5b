package io.sluice.sample;

import io.sluice.error.Place;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Collects what mess was put where. */
final class MessLog {
  private final Map<MessKind, List<Mess>> entries = new EnumMap<>(MessKind.class);

  void note(MessKind kind, Place place, String description) {
    entries
        .computeIfAbsent(kind, added -> new ArrayList<>())
        .add(new Mess(kind, place, description));
  }

  /** Notes mess that many workbooks have, unless it is noted already. */
  void noteOnce(MessKind kind, Place place, String description) {
    if (!isNoted(kind)) {
      note(kind, place, description);
    }
  }

  boolean isNoted(MessKind kind) {
    return entries.containsKey(kind);
  }

  List<Mess> entries() {
    return entries.values().stream().flatMap(List::stream).toList();
  }
}
