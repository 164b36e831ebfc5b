package io.sluice.bronze;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.config.ColumnBuilder;
import io.sluice.config.ColumnType;
import io.sluice.config.Order;
import io.sluice.config.Source;
import io.sluice.config.SourceBuilder;
import io.sluice.lake.FileRecord;
import io.sluice.lake.Ledger;
import io.sluice.lake.RunScope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Workbooks that are taken only as their manifest says. */
class ManifestedIngestTest {
  @TempDir Path folder;

  @Test
  void takesADeliveryOnceItsManifestIsThereAndMatches() throws Exception {
    Source source = source("_(\\d+)of(\\d+)", "{stem}.json", SourceBuilder.BY_TIME);
    Landings.workbook(folder, "h_1of2.xlsx", 1, "10.5", "P1", "P2");
    Landings.workbook(folder, "h_2of2.xlsx", 2, "0.25", "P2");
    RunScope scope = Landings.scope(folder, source);

    IngestStage early = new IngestStage(scope);
    assertThat(early.next().files()).isEmpty();
    assertThat(early.notes())
        .containsExactly(
            "h_1of2.xlsx is left for the next run: its manifest h.json is not there yet",
            "h_2of2.xlsx is left for the next run: its manifest h.json is not there yet");
    early.finish();
    assertThat(new Sweeps(scope.lake(), scope.pipeline()).last())
        .as("what waits for others may do so for ever")
        .isPresent();

    manifest("h.json", 3, "21.26");
    assertThat(outcomes(scope))
        .containsExactly(
            "h_1of2.xlsx MANIFEST_MISMATCH value sums to 21.25 over the delivery, and the manifest"
                + " says 21.26, which is 0.01 more",
            "h_2of2.xlsx MANIFEST_MISMATCH value sums to 21.25 over the delivery, and the manifest"
                + " says 21.26, which is 0.01 more");
    assertThat(outcomes(scope)).as("nothing has changed").isEmpty();

    manifest("h.json", 4, "21.250");
    assertThat(outcomes(scope)).containsExactly("h_1of2.xlsx ACCEPTED", "h_2of2.xlsx ACCEPTED");
    assertThat(outcomes(scope)).isEmpty();
    assertThat(winners(scope, "s"))
        .containsExactly(
            "portfolio=P1 h_1of2.xlsx", "portfolio=P2 h_1of2.xlsx", "portfolio=P2 h_2of2.xlsx");
  }

  @Test
  void refusesWhatHasOtherBytesOrRowsOrIsNotThere() throws Exception {
    Source source = source("", "_manifest", SourceBuilder.BY_TIME);
    Landings.workbook(folder, "a.xlsx", 1, "1", "P1");
    Landings.workbook(folder, "b.xlsx", 2, "2", "P2");
    Landings.workbook(folder, "c.xlsx", 3, "3", "P3");
    RunScope scope = Landings.scope(folder, source);
    String sha = sha("a.xlsx");
    String wrong = "0".repeat(64);

    Landings.file(folder, "_manifest", "{ no", 4);
    assertThat(outcomes(scope)).hasSize(3).allMatch(text -> text.contains(" MANIFEST_INVALID "));
    Landings.file(
        folder, "_manifest", "{\"files\": [{\"name\": \"a.xlsx\"}, {\"name\": \"d.xlsx\"}]}", 5);
    assertThat(outcomes(scope))
        .containsExactly("a.xlsx MANIFEST_MISMATCH it names 2 files, and [d.xlsx] is not there");
    Landings.file(
        folder,
        "_manifest",
        """
        {"files": [{"name": "a.xlsx", "sha256": "%s", "rows": 1},
                   {"name": "b.xlsx", "rows": 2}, {"name": "c.xlsx", "sha256": "%s"}]}
        """
            .formatted(sha, wrong),
        6);
    assertThat(outcomes(scope))
        .containsExactly(
            "a.xlsx DELIVERY_INCOMPLETE b.xlsx was not taken: MANIFEST_MISMATCH, The delivery is"
                + " not what its manifest _manifest says",
            "b.xlsx MANIFEST_MISMATCH it has 1 rows, and the manifest says 2",
            "c.xlsx MANIFEST_MISMATCH its SHA-256 is %s, and the manifest says %s"
                .formatted(sha("c.xlsx"), wrong));
    Landings.workbook(folder, "b.xlsx", 7, "2", "P2", "P4");
    Landings.file(
        folder, "_manifest", "{\"files\": [{\"name\": \"a.xlsx\"}, {\"name\": \"b.xlsx\"}]}", 8);
    assertThat(outcomes(scope)).containsExactly("a.xlsx ACCEPTED", "b.xlsx ACCEPTED");
  }

  @Test
  void ordersAndCorrectsAsTheManifestsSay() throws Exception {
    Source source = source("", "{stem}.json", new Order(Order.By.MANIFEST_SEQUENCE, ""));
    RunScope scope = Landings.scope(folder, source);
    Landings.workbook(folder, "old.xlsx", 9, "1", "P1", "P2");
    Landings.file(
        folder, "old.json", "{\"files\": [{\"name\": \"old.xlsx\"}], \"sequence\": 3}", 9);
    assertThat(outcomes(scope)).containsExactly("old.xlsx ACCEPTED");

    Landings.workbook(folder, "new.xlsx", 1, "2", "P1");
    Landings.file(
        folder,
        "new.json",
        "{\"files\": [{\"name\": \"new.xlsx\", \"corrects\": \"old.xlsx\"}], \"sequence\": 12}",
        1);
    Landings.workbook(folder, "older.xlsx", 20, "3", "P1", "P3");
    Landings.file(
        folder, "older.json", "{\"files\": [{\"name\": \"older.xlsx\"}], \"sequence\": 2}", 20);
    assertThat(outcomes(scope)).containsExactly("new.xlsx ACCEPTED", "older.xlsx ACCEPTED");

    assertThat(winners(scope, "s"))
        .containsExactly("portfolio=P1 new.xlsx", "portfolio=P3 older.xlsx");

    Landings.workbook(folder, "new.xlsx", 21, "4", "P4");
    Landings.file(
        folder, "new.json", "{\"files\": [{\"name\": \"new.xlsx\"}], \"sequence\": 13}", 21);
    assertThat(outcomes(scope)).containsExactly("new.xlsx ACCEPTED");
    assertThat(winners(scope, "s"))
        .as("it takes its own place")
        .containsExactly(
            "portfolio=P1 older.xlsx", "portfolio=P3 older.xlsx", "portfolio=P4 new.xlsx");
    Landings.file(
        folder,
        "new.json",
        "{\"files\": [{\"name\": \"new.xlsx\", \"corrects\": \"older.xlsx\"}], \"sequence\": 14}",
        22);
    assertThat(outcomes(scope))
        .containsExactly(
            "new.xlsx MANIFEST_INVALID it was taken in the place of old.xlsx, and is to take that"
                + " of older.xlsx");
  }

  @Test
  void takesFromAManifestOfTheFolderWhatIsNewAndLeavesTheFilesOfOtherSources() throws Exception {
    Source source = source("s", "h_*.xlsx", "", "_manifest", SourceBuilder.BY_TIME);
    Source other = source("t", "n_*.xlsx", "", "_manifest", SourceBuilder.BY_TIME);
    RunScope scope = Landings.scope(folder, source, other);
    Landings.workbook(folder, "h_a.xlsx", 1, "1", "P1");
    Landings.workbook(folder, "n_a.xlsx", 2, "2", "P1");
    names(3, "h_a.xlsx", "n_a.xlsx");
    assertThat(outcomes(scope)).containsExactly("h_a.xlsx ACCEPTED", "n_a.xlsx ACCEPTED");

    Landings.workbook(folder, "h_b.xlsx", 4, "3", "P2");
    names(5, "h_b.xlsx");
    IngestStage replaced = new IngestStage(scope);
    assertThat(texts(replaced)).containsExactly("h_b.xlsx ACCEPTED");
    assertThat(replaced.notes()).isEmpty();

    Landings.workbook(folder, "h_c.xlsx", 6, "4", "P3");
    names(7, "h_a.xlsx", "h_b.xlsx", "n_a.xlsx", "h_c.xlsx");
    assertThat(outcomes(scope)).containsExactly("h_c.xlsx ACCEPTED");
    assertThat(outcomes(scope)).isEmpty();
  }

  @Test
  void triesAgainWhatCouldNotBeRead() {
    RunScope scope = Landings.scope(folder, source("", "{stem}.json", SourceBuilder.BY_TIME));
    Ledger ledger = new Ledger(scope.lake());
    ledger.commit(
        ledger.open(),
        List.of(refused("a.xlsx", "FILE_UNREADABLE"), refused("b.xlsx", "MANIFEST_INVALID")),
        "run-1");

    assertThat(
            new KnownFiles(scope.lake().spark(), ledger)
                .without(
                    List.of(
                        new LandedFile("s", "a.xlsx", 100, 5, "c1").beside("9@1"),
                        new LandedFile("s", "b.xlsx", 100, 5, "c1").beside("9@1"))))
        .extracting(LandedFile::uri)
        .containsExactly("a.xlsx");
  }

  private static FileRecord refused(String uri, String reason) {
    return new FileRecord(
        "s",
        1,
        "",
        uri,
        uri,
        100,
        Instant.ofEpochMilli(5),
        "",
        FileRecord.Outcome.REFUSED,
        reason,
        "",
        "",
        "",
        "",
        "",
        "c1",
        0,
        0,
        -1,
        List.of(),
        List.of(),
        "",
        "run-1",
        Instant.EPOCH,
        "",
        "9@1",
        "");
  }

  private void names(int second, String... files) throws IOException {
    Landings.file(
        folder,
        "_manifest",
        Stream.of(files)
            .map("{\"name\": \"%s\"}"::formatted)
            .collect(Collectors.joining(", ", "{\"files\": [", "]}")),
        second);
  }

  private void manifest(String name, int second, String total) throws IOException {
    Landings.file(
        folder,
        name,
        """
        {"files": [{"name": "h_1of2.xlsx", "rows": 2}, {"name": "h_2of2.xlsx", "rows": 1}],
         "totals": {"value": "%s"}}
        """
            .formatted(total),
        second);
  }

  private String sha(String uri) throws Exception {
    byte[] bytes = Files.readAllBytes(folder.resolve("landing").resolve(uri));
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }

  /** What a run of its own does: files with their outcome or reason, and why. */
  private static List<String> outcomes(RunScope scope) {
    return texts(new IngestStage(scope));
  }

  private static List<String> texts(IngestStage stage) {
    return stage.next().files().stream().map(ManifestedIngestTest::text).sorted().toList();
  }

  private static String text(FileRecord file) {
    return file.reason().isEmpty()
        ? file.uri() + " " + file.outcome()
        : file.uri() + " " + file.reason() + " " + file.why();
  }

  static List<String> winners(RunScope scope, String source) {
    return new Ledger(scope.lake())
        .winners(source).select("slice", "uri").collectAsList().stream()
            .map(row -> row.getString(0) + " " + row.getString(1))
            .sorted()
            .toList();
  }

  private static Source source(String parts, String manifest, Order order) {
    return source("s", "*.xlsx", parts, manifest, order);
  }

  private static Source source(
      String name, String files, String parts, String manifest, Order order) {
    return SourceBuilder.source(name)
        .files(files)
        .slice("portfolio")
        .order(order)
        .columns(
            ColumnBuilder.text("portfolio").headers("Portfolio").required().build(),
            ColumnBuilder.column("value", ColumnType.decimal(20, 2)).headers("Value").build())
        .deliveries(parts, manifest)
        .build();
  }
}
