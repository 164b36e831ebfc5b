package io.sluice.lake;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a commit of ours says about itself, kept as user metadata of the Delta commit.
 *
 * @param run id of the run
 * @param sequence counts our commits to the table; the fence that overlapping writers run into
 * @param definition hash of the table's definition, empty where a table has none
 * @param progress for each input (Delta table id, or the name of a sequence) the version that is
 *     now consumed
 * @param changes the business dates that the commit replaced
 */
public record Stamp(
    String run, long sequence, String definition, Map<String, Long> progress, Changes changes) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String MARK = "sluice";

  public Stamp {
    Objects.requireNonNull(run, "run");
    Objects.requireNonNull(definition, "definition");
    progress = Map.copyOf(progress);
  }

  String toJson() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put(MARK, 1);
    fields.put("run", run);
    fields.put("sequence", sequence);
    fields.put("definition", definition);
    fields.put("progress", new TreeMap<>(progress));
    fields.put("everything", changes.everything());
    fields.put("dates", changes.dates().stream().map(LocalDate::toString).toList());
    try {
      return JSON.writeValueAsString(fields);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a stamp of plain values always has a JSON form", e);
    }
  }

  /** The stamp in a commit's user metadata; empty where the commit is not one of ours. */
  static Optional<Stamp> parse(String userMetadata) {
    if (userMetadata == null || !userMetadata.contains("\"" + MARK + "\"")) {
      return Optional.empty();
    }
    try {
      Map<?, ?> fields = JSON.readValue(userMetadata, Map.class);
      Map<String, Long> progress = new LinkedHashMap<>();
      ((Map<?, ?>) fields.get("progress"))
          .forEach(
              (input, version) -> progress.put((String) input, ((Number) version).longValue()));
      List<LocalDate> dates = new ArrayList<>();
      ((List<?>) fields.get("dates")).forEach(date -> dates.add(LocalDate.parse((String) date)));
      Changes changes =
          Boolean.TRUE.equals(fields.get("everything"))
              ? Changes.EVERYTHING
              : Changes.of(new TreeSet<>(dates));
      return Optional.of(
          new Stamp(
              (String) fields.get("run"),
              ((Number) fields.get("sequence")).longValue(),
              (String) fields.get("definition"),
              progress,
              changes));
    } catch (JsonProcessingException
        | ClassCastException
        | DateTimeException
        | NullPointerException e) {
      return Optional.empty();
    }
  }
}
