package io.sluice.bronze;

import static org.apache.spark.sql.functions.col;

import io.sluice.lake.Ledger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * What the ledger knows of files without looking into them: by path, size and time, or, where the
 * store names contents, by its name for them.
 */
final class KnownFiles {
  private static final StructType LISTING =
      new StructType()
          .add("source", DataTypes.StringType)
          .add("uri", DataTypes.StringType)
          .add("size", DataTypes.LongType)
          .add("modified_at", DataTypes.TimestampType)
          .add("contract", DataTypes.StringType)
          .add("etag", DataTypes.StringType)
          .add("manifest", DataTypes.StringType);

  private final SparkSession spark;
  private final Ledger ledger;

  KnownFiles(SparkSession spark, Ledger ledger) {
    this.spark = spark;
    this.ledger = ledger;
  }

  /** Those of the files that are not known, or of which what became of them does not stand. */
  List<LandedFile> without(List<LandedFile> listed) {
    if (listed.isEmpty() || ledger.state().isEmpty()) {
      return listed;
    }
    Dataset<Row> listing = rows(listed);
    Dataset<Row> known = ledger.standing().alias("known");
    Dataset<Row> fresh =
        listing.join(
            known,
            sameFile()
                .and(col("listing.modified_at").equalTo(col("known.modified_at")))
                .and(stands()),
            "left_anti");
    List<LandedFile> found = new ArrayList<>();
    fresh.collectAsList().forEach(row -> found.add(file(row)));
    return found.stream().allMatch(file -> file.etag().isEmpty()) ? found : byTag(found, known);
  }

  /**
   * At which places in the order those of the files count, or were taken back by hand, that are as
   * they were then; by path.
   */
  Map<String, Set<String>> taken(List<LandedFile> files) {
    Map<String, Set<String>> places = new HashMap<>();
    if (files.isEmpty() || ledger.state().isEmpty()) {
      return places;
    }
    rows(files)
        .join(
            ledger.standing().where(Ledger.COUNTS + " or outcome = 'RETRACTED'").alias("known"),
            sameFile().and(col("listing.modified_at").equalTo(col("known.modified_at"))))
        .select("known.uri", "known.order_key")
        .collectAsList()
        .forEach(
            row ->
                places
                    .computeIfAbsent(row.getString(0), uri -> new HashSet<>())
                    .add(row.getString(1)));
    return places;
  }

  private static Column sameFile() {
    return col("listing.source")
        .equalTo(col("known.source"))
        .and(col("listing.uri").equalTo(col("known.uri")))
        .and(col("listing.size").equalTo(col("known.size")));
  }

  /** Whether what became of a file stays so, as long as its bytes do. */
  private static Column stands() {
    Column sameManifest =
        col("listing.manifest")
            .equalTo("")
            .or(col("listing.manifest").equalTo(col("known.manifest")));
    Column refusal =
        col("listing.contract")
            .equalTo(col("known.contract"))
            .and(
                col("known.file_id")
                    .notEqual("")
                    .or(
                        col("known.reason")
                            .isin("MANIFEST_INVALID", "MANIFEST_MISMATCH", "DELIVERY_INCOMPLETE")));
    return sameManifest.and(col("known.outcome").notEqual("REFUSED").or(refusal));
  }

  /**
   * What the store calls by the same name as before has the same bytes: a refusal of it stands, and
   * what was accepted need not be read to be seen at its new place in the order.
   */
  private List<LandedFile> byTag(List<LandedFile> fresh, Dataset<Row> known) {
    Map<String, Row> tagged = new HashMap<>();
    for (Row row :
        rows(fresh)
            .join(known, sameFile().and(col("listing.etag").equalTo(col("known.etag"))))
            .where("listing.etag <> '' and known.file_id <> ''")
            .orderBy("known.batch")
            .select(
                col("listing.source"),
                col("listing.uri"),
                col("known.file_id"),
                col("known.outcome")
                    .equalTo("REFUSED")
                    .and(col("known.reason").notEqual("ORDER_TIE"))
                    .and(col("known.reason").notEqual("DELIVERY_INCOMPLETE"))
                    .and(stands()))
            .collectAsList()) {
      tagged.put(row.getString(0) + "\n" + row.getString(1), row);
    }
    List<LandedFile> found = new ArrayList<>();
    for (LandedFile file : fresh) {
      Row row = tagged.get(file.source() + "\n" + file.uri());
      if (row == null) {
        found.add(file);
      } else if (!row.getBoolean(3)) {
        found.add(file.same(row.getString(2)));
      }
    }
    return found;
  }

  private Dataset<Row> rows(List<LandedFile> files) {
    List<Row> rows = new ArrayList<>();
    for (LandedFile file : files) {
      rows.add(
          RowFactory.create(
              file.source(),
              file.uri(),
              file.size(),
              Instant.ofEpochMilli(file.modifiedMillis()),
              file.contract(),
              file.etag(),
              file.manifest()));
    }
    return spark.createDataFrame(rows, LISTING).alias("listing");
  }

  private static LandedFile file(Row row) {
    Instant modified = row.getAs("modified_at");
    return new LandedFile(
            row.getAs("source"),
            row.getAs("uri"),
            row.<Long>getAs("size"),
            modified.toEpochMilli(),
            row.getAs("contract"))
        .tagged(row.getAs("etag"))
        .beside(row.getAs("manifest"));
  }
}
