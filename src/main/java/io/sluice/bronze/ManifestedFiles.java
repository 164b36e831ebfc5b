package io.sluice.bronze;

import io.sluice.config.Deliveries;
import io.sluice.config.Order;
import io.sluice.config.Source;
import io.sluice.error.Place;
import io.sluice.error.Reason;
import io.sluice.error.SluiceException;
import io.sluice.workbook.OrderKey;
import io.sluice.workbook.Patterns;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ForkJoinPool;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.LongPredicate;
import java.util.stream.Collectors;

/**
 * The deliveries of a source with manifests: what one manifest names is one. A file whose manifest
 * is not there yet is left for the next run. What counts already is taken again only with what
 * cannot be told without it: other parts, totals, or a new place in the order.
 */
final class ManifestedFiles {
  /** Reading manifests waits for a disk or a store, not for a core. */
  private static final int AT_A_TIME = 16;

  private final Source source;
  private final Map<String, Listing.Found> landing;
  private final LocalCopy.Landing files;
  private final LongPredicate settled;
  private final BiConsumer<LandedFile, String> leave;

  /**
   * @param landing what there is, by path
   * @param settled whether a file of this time is not being written any more
   * @param leave told of what waits for the next run, and why
   */
  ManifestedFiles(
      Source source,
      Map<String, Listing.Found> landing,
      LocalCopy.Landing files,
      LongPredicate settled,
      BiConsumer<LandedFile, String> leave) {
    this.source = source;
    this.landing = landing;
    this.files = files;
    this.settled = settled;
    this.leave = leave;
  }

  /** The path of the manifest that a file is held against. */
  static String manifestOf(Source source, String uri) {
    int slash = uri.lastIndexOf('/') + 1;
    String name = uri.substring(slash);
    Deliveries deliveries = source.deliveries();
    String whole =
        deliveries.inParts()
            ? Patterns.of(deliveries.parts()).matcher(name).replaceFirst("")
            : name;
    int ending = whole.lastIndexOf('.');
    return uri.substring(0, slash)
        + deliveries
            .manifest()
            .replace(Deliveries.FILE_NAME, name)
            .replace(Deliveries.STEM, ending < 0 ? whole : whole.substring(0, ending));
  }

  /** What a file is known by while it is not read: its size and its time. */
  static String stamp(Listing.Found found) {
    return found == null ? "" : found.size() + "@" + found.modifiedMillis();
  }

  /**
   * @param listed all files of the source
   * @param fresh those that are new, or whose manifest is
   * @param taken at which places in the order files were taken as they are, by path
   */
  List<Delivery> deliveries(
      List<LandedFile> listed, List<LandedFile> fresh, Map<String, Set<String>> taken) {
    Map<String, Map<String, LandedFile>> byManifest = new HashMap<>();
    listed.forEach(
        file ->
            byManifest
                .computeIfAbsent(manifestOf(source, file.uri()), uri -> new HashMap<>())
                .put(file.uri(), file));
    Map<String, List<LandedFile>> news = new TreeMap<>();
    fresh.forEach(
        file ->
            news.computeIfAbsent(manifestOf(source, file.uri()), uri -> new ArrayList<>())
                .add(file));
    List<Beside> beside = new ArrayList<>();
    news.forEach((uri, found) -> beside.add(beside(uri, byManifest.get(uri), found, taken)));
    Map<String, Contents> contents =
        contents(beside.stream().filter(Beside::settled).map(Beside::uri).toList());
    return beside.stream()
        .flatMap(one -> deliveries(one, contents.get(one.uri())).stream())
        .toList();
  }

  private Beside beside(
      String uri,
      Map<String, LandedFile> there,
      List<LandedFile> fresh,
      Map<String, Set<String>> taken) {
    Listing.Found found = landing.get(uri);
    return new Beside(
        uri,
        found != null,
        found != null
            && settled.test(found.modifiedMillis())
            && fresh.stream().allMatch(file -> settled.test(file.modifiedMillis())),
        there,
        fresh,
        taken);
  }

  /**
   * A manifest and the files beside it.
   *
   * @param settled whether neither it nor what is new is being written any more
   */
  private record Beside(
      String uri,
      boolean found,
      boolean settled,
      Map<String, LandedFile> there,
      List<LandedFile> fresh,
      Map<String, Set<String>> taken) {

    /** What nothing was taken of as it is. */
    List<LandedFile> untaken() {
      return fresh.stream().filter(file -> !taken.containsKey(file.uri())).toList();
    }

    /**
     * Whether it was taken as it is, at this place in the order; at any, if it has one of its own.
     */
    boolean taken(String file, String sequence) {
      Set<String> places = taken.getOrDefault(file, Set.of());
      return sequence.isEmpty() ? !places.isEmpty() : places.contains(sequence);
    }
  }

  /** The bytes of a manifest, or why they cannot be had. */
  private record Contents(byte[] bytes, String why) {}

  private Map<String, Contents> contents(List<String> uris) {
    ForkJoinPool pool = new ForkJoinPool(AT_A_TIME);
    try {
      return pool.submit(
              () ->
                  uris.parallelStream()
                      .collect(Collectors.toMap(Function.identity(), this::contents)))
          .join();
    } finally {
      pool.shutdown();
    }
  }

  private Contents contents(String uri) {
    try {
      return new Contents(files.bytes(uri), "");
    } catch (IOException e) {
      return new Contents(null, String.valueOf(e.getMessage()));
    }
  }

  private List<Delivery> deliveries(Beside beside, Contents contents) {
    String uri = beside.uri();
    if (!beside.found()) {
      leave(beside.untaken(), "its manifest " + uri + " is not there yet");
      return List.of();
    }
    if (!beside.settled()) {
      leave(
          beside.untaken(), "it, or what belongs to it, was written less than landing.settle ago");
      return List.of();
    }
    if (contents.bytes() == null) {
      leave(beside.untaken(), "its manifest %s cannot be read (%s)".formatted(uri, contents.why()));
      return List.of();
    }
    try {
      return deliveries(beside, Manifest.of(source, uri, contents.bytes()));
    } catch (SluiceException e) {
      boolean again = beside.untaken().isEmpty() && bySequence();
      return refused(again ? beside.fresh() : beside.untaken(), e);
    }
  }

  private List<Delivery> deliveries(Beside beside, Manifest manifest) {
    leave(
        beside.untaken().stream()
            .filter(file -> !manifest.files().containsKey(file.uri()))
            .toList(),
        "its manifest " + manifest.uri() + " does not name it");
    String sequence = bySequence() ? OrderKey.sequence(manifest.sequence()) : "";
    List<LandedFile> news =
        beside.fresh().stream()
            .filter(file -> manifest.files().containsKey(file.uri()))
            .filter(file -> !beside.taken(file.uri(), sequence))
            .toList();
    if (news.isEmpty()) {
      return List.of();
    }
    Set<String> missing = new HashSet<>(manifest.files().keySet());
    missing.removeAll(landing.keySet());
    if (!missing.isEmpty()) {
      return refused(news, missing(manifest, missing));
    }
    Map<String, LandedFile> now = new HashMap<>(beside.there());
    news.forEach(file -> now.put(file.uri(), file));
    boolean whole = bySequence() || source.deliveries().inParts() || !manifest.totals().isEmpty();
    List<LandedFile> all =
        manifest.files().keySet().stream()
            .filter(now::containsKey)
            .filter(file -> whole || !beside.taken(file, sequence))
            .map(now::get)
            .toList();
    String place = place(manifest, all);
    return List.of(
        new Delivery(
            all.stream()
                .map(
                    file ->
                        file.at(place)
                            .named(
                                List.copyOf(manifest.totals().keySet()),
                                manifest.files().get(file.uri()).corrects()))
                .toList(),
            List.of(),
            manifest,
            null));
  }

  private boolean bySequence() {
    return source.order().by() == Order.By.MANIFEST_SEQUENCE;
  }

  private void leave(List<LandedFile> untaken, String why) {
    untaken.forEach(file -> leave.accept(file, why));
  }

  /** Empty where each file has a place of its own. */
  private String place(Manifest manifest, List<LandedFile> all) {
    if (bySequence()) {
      return OrderKey.sequence(manifest.sequence());
    }
    return source.deliveries().inParts()
        ? OrderKey.together(
            source,
            all.stream()
                .map(file -> OrderKey.of(source, file.uri(), file.modifiedMillis(), null))
                .toList())
        : "";
  }

  private static List<Delivery> refused(List<LandedFile> files, SluiceException refusal) {
    return files.isEmpty() ? List.of() : List.of(new Delivery(files, List.of(), null, refusal));
  }

  private static SluiceException missing(Manifest manifest, Set<String> missing) {
    return new SluiceException(
        Reason.MANIFEST_MISMATCH,
        "The delivery is not what its manifest " + manifest.uri() + " says",
        "it names %d %s, and %s not there"
            .formatted(
                manifest.files().size(),
                manifest.files().size() == 1 ? "file" : "files",
                missing.stream().sorted().limit(5).toList()
                    + (missing.size() == 1 ? " is" : " are")),
        "Send what is missing, or a manifest without it; then it is tried again.",
        Place.file(manifest.uri()));
  }
}
