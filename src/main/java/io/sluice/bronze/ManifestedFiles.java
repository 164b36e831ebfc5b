package io.sluice.bronze;

import io.sluice.config.Deliveries;
import io.sluice.config.Order;
import io.sluice.config.Source;
import io.sluice.error.Place;
import io.sluice.error.Reason;
import io.sluice.error.SluiceException;
import io.sluice.workbook.OrderKey;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.LongPredicate;
import java.util.regex.Pattern;

/**
 * The deliveries of a source with manifests: what one manifest names is one. A file whose manifest
 * is not there yet is left for the next run.
 */
final class ManifestedFiles {
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
            ? Pattern.compile(deliveries.parts()).matcher(name).replaceFirst("")
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
   */
  List<Delivery> deliveries(List<LandedFile> listed, List<LandedFile> fresh) {
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
    List<Delivery> deliveries = new ArrayList<>();
    news.forEach((uri, files) -> deliveries.addAll(delivery(uri, byManifest.get(uri), files)));
    return deliveries;
  }

  private List<Delivery> delivery(
      String uri, Map<String, LandedFile> there, List<LandedFile> fresh) {
    Listing.Found found = landing.get(uri);
    if (found == null) {
      fresh.forEach(file -> leave.accept(file, "its manifest " + uri + " is not there yet"));
      return List.of();
    }
    if (!settled.test(found.modifiedMillis())
        || fresh.stream().anyMatch(file -> !settled.test(file.modifiedMillis()))) {
      fresh.forEach(
          file ->
              leave.accept(
                  file, "it, or what belongs to it, was written less than landing.settle ago"));
      return List.of();
    }
    Manifest manifest;
    try {
      manifest = Manifest.of(source, uri, files.bytes(uri));
    } catch (IOException e) {
      fresh.forEach(
          file ->
              leave.accept(
                  file, "its manifest %s cannot be read (%s)".formatted(uri, e.getMessage())));
      return List.of();
    } catch (SluiceException e) {
      return List.of(refused(fresh, e));
    }
    return delivery(manifest, there, fresh);
  }

  private List<Delivery> delivery(
      Manifest manifest, Map<String, LandedFile> there, List<LandedFile> fresh) {
    List<LandedFile> named = new ArrayList<>();
    for (LandedFile file : fresh) {
      if (manifest.files().containsKey(file.uri())) {
        named.add(file);
      } else {
        leave.accept(file, "its manifest " + manifest.uri() + " does not name it");
      }
    }
    if (named.isEmpty()) {
      return List.of();
    }
    Set<String> missing = new HashSet<>(manifest.files().keySet());
    missing.removeAll(there.keySet());
    if (!missing.isEmpty()) {
      return List.of(refused(named, missing(manifest, missing)));
    }
    Map<String, LandedFile> news = new LinkedHashMap<>();
    named.forEach(file -> news.put(file.uri(), file));
    List<LandedFile> all =
        manifest.files().keySet().stream()
            .map(file -> news.getOrDefault(file, there.get(file)))
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

  /** Empty where each file has a place of its own. */
  private String place(Manifest manifest, List<LandedFile> all) {
    if (source.order().by() == Order.By.MANIFEST_SEQUENCE) {
      return OrderKey.sequence(manifest.sequence());
    }
    return source.deliveries().inParts()
        ? all.stream()
            .map(file -> OrderKey.of(source, file.uri(), file.modifiedMillis(), null))
            .max(Comparator.naturalOrder())
            .orElseThrow()
        : "";
  }

  private static Delivery refused(List<LandedFile> files, SluiceException refusal) {
    return new Delivery(files, List.of(), null, refusal);
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
