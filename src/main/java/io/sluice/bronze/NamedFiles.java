package io.sluice.bronze;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.element_at;
import static org.apache.spark.sql.functions.levenshtein;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.split;

import io.sluice.error.Reason;
import io.sluice.error.SluiceException;
import io.sluice.lake.FileRecord;
import io.sluice.lake.Ledger;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import scala.collection.JavaConverters;
import scala.collection.Seq;

/** Files of the ledger as people name them: by path, or by the first digits of a file id. */
final class NamedFiles {
  private static final int SHORTEST_PREFIX = 6;

  private final Ledger ledger;
  private final String landing;

  NamedFiles(Ledger ledger, String landing) {
    this.ledger = ledger;
    this.landing = landing;
  }

  /**
   * The versions that a name stands for, the newest one of each source last; none if no run has
   * seen such a file.
   *
   * @throws SluiceException USAGE if it stands for different contents
   */
  List<FileRecord> seen(String name) {
    if (ledger.state().isEmpty()) {
      return List.of();
    }
    for (String uri : uris(name)) {
      List<FileRecord> versions = standing(col("uri").equalTo(uri));
      if (!versions.isEmpty()) {
        return versions;
      }
    }
    if (name.length() < SHORTEST_PREFIX || !name.matches("[0-9a-f]+")) {
      return List.of();
    }
    List<FileRecord> versions = standing(col("file_id").startsWith(name));
    Set<String> ids = versions.stream().map(FileRecord::fileId).collect(Collectors.toSet());
    if (ids.size() > 1) {
      throw new SluiceException(
          Reason.USAGE,
          "The file id " + name + "… is not one file's alone",
          "it begins those of "
              + versions.stream()
                  .map(FileRecord::uri)
                  .distinct()
                  .limit(5)
                  .collect(Collectors.joining(", ")),
          "Give more of its digits, or the path.");
    }
    return versions;
  }

  /** Standing lines of files that were read, in their order. */
  List<FileRecord> standing(Column which) {
    return ledger
        .standing()
        .where(which)
        .where("file_id <> ''")
        .orderBy("order_key", "batch")
        .collectAsList()
        .stream()
        .map(FileRecord::of)
        .toList();
  }

  /** Standing lines of files that wait, or did until something became of them, in their order. */
  List<FileRecord> waited() {
    if (ledger.state().isEmpty()) {
      return List.of();
    }
    Seq<String> sighting =
        JavaConverters.asScalaBuffer(List.of("source", "uri", "file_id", "order_key")).toSeq();
    return ledger
        .standing()
        .join(ledger.read().where("outcome = 'WAITING'"), sighting, "left_semi")
        .orderBy("order_key", "batch")
        .collectAsList()
        .stream()
        .map(FileRecord::of)
        .toList();
  }

  /** As it was written, and as the landing knows it if it was written as a path on this disk. */
  private List<String> uris(String name) {
    List<String> uris = new ArrayList<>(List.of(name));
    try {
      Path landing = Path.of(this.landing);
      Path file = Path.of(name).toAbsolutePath().normalize();
      if (file.startsWith(landing)) {
        uris.add(landing.relativize(file).toString());
      }
    } catch (InvalidPathException e) {
      return uris;
    }
    return uris;
  }

  /** What is said of a name that stands for nothing. */
  SluiceException unknown(String name) {
    String nearest = ledger.state().isEmpty() ? "" : nearest(name);
    return new SluiceException(
        Reason.USAGE,
        "There is no file " + name + " in the ledger",
        "no run has seen a file at this path of the landing, or with a file id that begins so"
            + (nearest.isEmpty() ? "" : "; did you mean " + nearest + "?"),
        "Give its path relative to landing.root, or at least "
            + SHORTEST_PREFIX
            + " digits of its file id; the table 'files' of the lake has both.");
  }

  /** The path that takes the fewest edits; or that of a file with this name in another folder. */
  private String nearest(String name) {
    Column edits = levenshtein(col("uri"), lit(name));
    Column sameName =
        element_at(split(col("uri"), "/"), -1).equalTo(name.substring(name.lastIndexOf('/') + 1));
    List<Row> nearest =
        ledger
            .read()
            .where("file_id <> ''")
            .where(edits.leq(Math.max(1, name.length() / 3)).or(sameName))
            .orderBy(edits, col("uri"))
            .select("uri")
            .limit(1)
            .collectAsList();
    return nearest.isEmpty() ? "" : nearest.get(0).getString(0);
  }
}
