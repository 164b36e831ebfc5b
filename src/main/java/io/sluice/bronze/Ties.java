package io.sluice.bronze;

import io.sluice.error.Reason;
import io.sluice.lake.FileRecord;
import io.sluice.lake.FileRecord.Outcome;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which files at one place in the order cannot be told apart: different contents for one slice,
 * unless they are different parts of one delivery. With one of its parts a delivery is tied whole.
 */
final class Ties {
  private static final Comparator<FileRecord> BY_CONTENT =
      Comparator.comparing(FileRecord::fileId).thenComparing(FileRecord::uri);

  private final Map<String, List<FileRecord>> claimants = new HashMap<>();
  private final Map<String, List<FileRecord>> parts = new HashMap<>();
  private final Map<String, Set<String>> contents = new HashMap<>();

  /**
   * @param files what came
   * @param before what counts there already, or is tied
   */
  Ties(List<FileRecord> files, List<FileRecord> before) {
    Stream.concat(
            files.stream().filter(file -> file.outcome() == Outcome.ACCEPTED), before.stream())
        .sorted(BY_CONTENT)
        .forEach(
            file -> {
              file.slices()
                  .forEach(
                      slice ->
                          claimants.computeIfAbsent(slice, name -> new ArrayList<>()).add(file));
              contents.computeIfAbsent(delivery(file), key -> new HashSet<>()).add(file.fileId());
              if (!file.part().isEmpty()) {
                parts.computeIfAbsent(delivery(file), key -> new ArrayList<>()).add(file);
              }
            });
  }

  /** What the parts of one delivery share at one place; any other file is its own. */
  static String delivery(FileRecord file) {
    int of = file.part().indexOf('/');
    return file.part().isEmpty()
        ? "file " + file.uri()
        : "parts " + file.pathKey() + " " + (of < 0 ? "" : file.part().substring(of));
  }

  /** Why a file does not count; empty if it may. */
  Optional<String> why(FileRecord file) {
    Optional<String> own = own(file);
    if (own.isPresent() || file.part().isEmpty()) {
      return own;
    }
    for (FileRecord other : parts.getOrDefault(delivery(file), List.of())) {
      Optional<String> why = other.outcome() == Outcome.REFUSED ? tied(other) : own(other);
      if (why.isPresent()) {
        return Optional.of("%s is of the same delivery: %s".formatted(other.uri(), why.get()));
      }
    }
    return Optional.empty();
  }

  private static Optional<String> tied(FileRecord file) {
    return file.reason().equals(Reason.ORDER_TIE.name())
        ? Optional.of(file.why())
        : Optional.empty();
  }

  private Optional<String> own(FileRecord file) {
    return file.slices().stream()
        .flatMap(slice -> claimants.getOrDefault(slice, List.of()).stream())
        .filter(other -> !together(file, other) && !same(file, other))
        .min(BY_CONTENT)
        .map(
            rival ->
                "it restates a slice that "
                    + rival.uri()
                    + " restates too, at the same place in the order");
  }

  /** Whether each has the content of the other, itself or in another part of its delivery. */
  private boolean same(FileRecord file, FileRecord other) {
    return file.fileId().equals(other.fileId())
        || !delivery(file).equals(delivery(other))
            && contents.get(delivery(file)).contains(other.fileId())
            && contents.get(delivery(other)).contains(file.fileId());
  }

  /** Whether these are different parts of one delivery. */
  static boolean together(FileRecord file, FileRecord other) {
    return !file.part().isEmpty()
        && !file.part().equals(other.part())
        && delivery(file).equals(delivery(other));
  }
}
