package io.sluice.bronze;

import io.sluice.config.Order;
import io.sluice.config.Source;
import io.sluice.error.Place;
import io.sluice.error.Reason;
import io.sluice.error.SluiceException;
import io.sluice.lake.FileRecord;
import io.sluice.lake.FileRecord.Outcome;
import io.sluice.workbook.FilePart;
import io.sluice.workbook.OrderKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.LongPredicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The deliveries of a source whose workbooks come in parts, as many as their names say. A new part
 * makes a new version of its delivery, together with the newest of each other part. Where the
 * version is in the name, the parts of one version make one.
 */
final class PartedFiles {
  /** Refused for the sake of others: to be read again with them. */
  private static final Set<String> FOR_OTHERS =
      Set.of(Reason.DELIVERY_INCOMPLETE.name(), Reason.ORDER_TIE.name());

  private final Source source;
  private final LongPredicate settled;
  private final BiConsumer<LandedFile, String> leave;

  /**
   * @param settled whether a file of this time is not being written any more
   * @param leave told of what waits for the next run, and why
   */
  PartedFiles(Source source, LongPredicate settled, BiConsumer<LandedFile, String> leave) {
    this.source = source;
    this.settled = settled;
    this.leave = leave;
  }

  /** What of the landing and of the ledger belongs together. */
  private final class Version {
    private final List<LandedFile> listed = new ArrayList<>();
    private final Map<String, LandedFile> fresh = new TreeMap<>();
    private final List<FileRecord> lines = new ArrayList<>();
    private final int of;

    Version(int of) {
      this.of = of;
    }

    /** The parts that count now. */
    private List<FileRecord> counting() {
      List<FileRecord> counting = lines.stream().filter(PartedFiles::counts).toList();
      Optional<String> newest =
          counting.stream().map(FileRecord::orderKey).max(Comparator.naturalOrder());
      return counting.stream().filter(line -> line.orderKey().equals(newest.get())).toList();
    }

    List<Delivery> deliveries() {
      List<FileRecord> counting = counting();
      Map<String, LandedFile> news = new TreeMap<>(fresh);
      List<FileRecord> blocking = new ArrayList<>();
      boolean waiting = false;
      for (LandedFile file : listed) {
        Optional<FileRecord> line = fresh.containsKey(file.uri()) ? Optional.empty() : line(file);
        if (line.isEmpty() || counts(line.get())) {
          continue;
        }
        if (FOR_OTHERS.contains(line.get().reason())) {
          news.put(file.uri(), file);
          waiting |= line.get().reason().equals(Reason.DELIVERY_INCOMPLETE.name());
        } else if (line.get().outcome() == Outcome.REFUSED
            || counting.stream().noneMatch(part -> samePart(part, file))) {
          blocking.add(line.get());
        }
      }
      if (fresh.isEmpty() && (!waiting || !blocking.isEmpty())) {
        return List.of();
      }
      if (news.values().stream().anyMatch(file -> !settled.test(file.modifiedMillis()))) {
        leave(news.values(), "it, or another part, was written less than landing.settle ago");
        return List.of();
      }
      List<Delivery> deliveries = new ArrayList<>();
      List<LandedFile> newest = new ArrayList<>();
      for (LandedFile file : news.values()) {
        if (counting.stream().anyMatch(line -> samePart(line, file) && later(line, file) > 0)) {
          whole(List.of(file), counting, List.of()).ifPresent(deliveries::add);
        } else {
          newest.add(file);
        }
      }
      if (!newest.isEmpty()) {
        whole(newest, counting, blocking).ifPresent(deliveries::add);
      }
      return deliveries;
    }

    /** The version that parts make with the others that count. */
    private Optional<Delivery> whole(
        List<LandedFile> news, List<FileRecord> counting, List<FileRecord> blocking) {
      List<FileRecord> carried =
          counting.stream()
              .filter(line -> news.stream().noneMatch(file -> takesThePlaceOf(file, line)))
              .toList();
      Optional<String> missing =
          missing(
              Stream.of(
                      news.stream().map(LandedFile::uri),
                      carried.stream().map(FileRecord::uri),
                      blocking.stream().map(FileRecord::uri))
                  .flatMap(Function.identity())
                  .map(uri -> FilePart.of(source, uri).number())
                  .collect(Collectors.toSet()));
      if (missing.isPresent()) {
        leave(news, missing.get());
        return Optional.empty();
      }
      String place =
          OrderKey.together(
              source,
              Stream.concat(
                      news.stream().map(PartedFiles.this::place),
                      carried.stream().map(PartedFiles.this::place))
                  .toList());
      return Optional.of(
          new Delivery(
              news.stream().map(file -> file.at(place)).toList(),
              carried,
              null,
              blocking.isEmpty() ? null : incomplete(blocking.get(0))));
    }

    /** What became of a file that is not new. */
    private Optional<FileRecord> line(LandedFile file) {
      return lines.stream()
          .filter(line -> line.uri().equals(file.uri()) && line.size() == file.size())
          .filter(line -> line.modifiedAt().toEpochMilli() == file.modifiedMillis())
          .max(Comparator.comparingLong(FileRecord::batch));
    }

    /** Whether it is the same part; at one place in the order both would count, and be tied. */
    private boolean takesThePlaceOf(LandedFile file, FileRecord line) {
      return samePart(line, file) && later(line, file) != 0;
    }

    private boolean samePart(FileRecord line, LandedFile file) {
      return FilePart.of(source, line.uri())
          .number()
          .equals(FilePart.of(source, file.uri()).number());
    }

    private int later(FileRecord line, LandedFile than) {
      return place(line).compareTo(place(than));
    }

    private Optional<String> missing(Set<String> present) {
      for (int part = 1; part <= of; part++) {
        if (!present.contains(Integer.toString(part))) {
          return Optional.of("part %d of %d of its delivery is missing".formatted(part, of));
        }
      }
      return Optional.empty();
    }
  }

  /**
   * @param listed all files of the source
   * @param fresh those that are new
   * @param lines what the ledger has of their deliveries
   */
  List<Delivery> deliveries(
      List<LandedFile> listed, List<LandedFile> fresh, List<FileRecord> lines) {
    Map<String, Version> versions = new TreeMap<>();
    List<Delivery> deliveries = new ArrayList<>();
    for (LandedFile file : listed) {
      if (!FilePart.of(source, file.uri()).number().isEmpty()) {
        version(versions, file.uri()).listed.add(file);
      }
    }
    for (LandedFile file : fresh) {
      if (!FilePart.of(source, file.uri()).number().isEmpty()) {
        version(versions, file.uri()).fresh.put(file.uri(), file);
      } else if (settled.test(file.modifiedMillis())) {
        deliveries.add(Delivery.of(file));
      } else {
        leave.accept(file, Discovery.UNSETTLED);
      }
    }
    lines.stream()
        .filter(line -> !line.part().isEmpty())
        .forEach(line -> version(versions, line.uri()).lines.add(line));
    versions.values().forEach(version -> deliveries.addAll(version.deliveries()));
    return deliveries;
  }

  private Version version(Map<String, Version> versions, String uri) {
    FilePart part = FilePart.of(source, uri);
    String version =
        source.order().by() == Order.By.NAME_PATTERN ? OrderKey.of(source, uri, 0, null) : "";
    return versions.computeIfAbsent(
        String.join("\n", part.delivery(), version, Integer.toString(part.of())),
        key -> new Version(part.of()));
  }

  private void leave(Collection<LandedFile> files, String why) {
    files.forEach(file -> leave.accept(file, why));
  }

  private String place(LandedFile file) {
    return OrderKey.of(source, file.uri(), file.modifiedMillis(), null);
  }

  private String place(FileRecord line) {
    return OrderKey.of(source, line.uri(), line.modifiedAt().toEpochMilli(), null);
  }

  private static boolean counts(FileRecord line) {
    return line.outcome() == Outcome.ACCEPTED
        || line.reason().equals(Reason.DUPLICATE_CONTENT.name());
  }

  /** Why the other parts do not count either. */
  static SluiceException incomplete(FileRecord refused) {
    return new SluiceException(
        Reason.DELIVERY_INCOMPLETE,
        "The delivery does not count, since a part of it does not",
        "%s was not taken: %s, %s".formatted(refused.uri(), refused.reason(), refused.problem()),
        "Have that one mended and sent again; this one is then taken with it.",
        Place.file(refused.uri()));
  }
}
