package io.sluice.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.SparkForTests;
import io.sluice.cli.Sluice;
import io.sluice.error.Reason;
import io.sluice.run.RunOptions.Stage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** A source with sensitive columns, in the table and above it. */
class SensitiveColumnsTest {
  private static final String HEADERS =
      "portfolio id|security id|security name|quantity|market value|tax number|e-mail";

  /** What must not be found: tax numbers, an address, and references of clients. */
  private static final List<String> RAW =
      List.of("078-05-1120", "219-09-9999", "457555462", "jane@", "K-4711", "K-4712");

  private static final String SECRET = "a secret of more than sixteen characters";

  // As openssl dgst -sha256 -hmac says.
  private static final String TAX_HASH =
      "bb216494bd5e70ba7c97aa81c43f624198f08f265601a460dd5c812dda8f62c5";
  private static final String NUMBER_HASH =
      "834c0e4d87d7d46e37719f5fcba97ca89b8411cb63c4985b9e79b5f9efdb6132";
  private static final String CLIENT_HASH =
      "1f9da2c0a9aaf7162619d40f45f8607711baabc452bea6b049a7a465a959ece2";

  @TempDir static Path folder;
  private static Trial trial;
  private static RunReport report;
  private static Path landed;

  @BeforeAll
  static void run() throws IOException {
    Files.writeString(folder.resolve("key"), SECRET + "\n");
    String hashed = "sensitive = { keyed-hash = \"file:" + folder.resolve("key") + "\" }";
    trial =
        Trial.star(
            folder,
            "secretive",
            "type = date } }\n  columns {\n    portfolio_id { type = string, required = true }\n    sec",
            "type = date }\n    client { label = \"Client\", type = string, extract = \"Ref (.+)\", "
                + hashed
                + " } }\n  columns {\n    portfolio_id { type = string, required = true }\n    sec",
            "    quantity {",
            "    tax_number { type = string, required = true, null-text = \"none\", "
                + hashed
                + " }\n    e_mail { header = \"E-mail\", type = string, sensitive = drop }\n"
                + "    quantity {");
    trial.land(
        "holdings/a.xlsx",
        Star.workbook(
            "2024-01-02|Client|Ref K-4711",
            HEADERS,
            "P1|S1|One|10|100|078-05-1120|jane@example.com",
            "P1|S2|Two|10|100|457555462|",
            "P1|S3|Three|ten|100|219-09-9999|jane@example.com",
            "P1|S4|Four|10|100|None|jane@example.com",
            "P1|S5|Five|-10|100|078-05-1120|",
            "P1|S6|Six|10|100|078-05-1120|"),
        0);
    trial.land(
        "holdings/b.xlsx",
        Star.workbook(
            "2024-01-03|Client|Ref K-4711|Client|Ref K-4712",
            HEADERS,
            "P1|S1|One|10|100|078-05-1120|"),
        1);
    trial.land(
        "holdings/c.xlsx",
        Star.workbook("2024-01-04|Client|K-4712", HEADERS, "P1|S1|One|10|100|078-05-1120|"),
        2);
    landed = Path.of(trial.pipeline().landing(), "holdings", "a.xlsx");
    report = trial.run(Stage.INGEST, Stage.CONFORM);
  }

  @Test
  void whatIsHashedStandsInSilverAsItsHashUnderTheSecret() {
    assertThat(Trial.rows(trial.silver("stg_holdings").read().select("security_id", "tax_number")))
        .containsExactly("S1|" + TAX_HASH, "S2|" + NUMBER_HASH, "S6|" + TAX_HASH);
    assertThat(trial.silver("stg_holdings").read().select("client").distinct().collectAsList())
        .containsExactly(RowFactory.create(CLIENT_HASH));
  }

  @Test
  void whatIsDroppedIsNoColumnAnywhereAndItsHeaderIsNoUnknownOne() {
    assertThat(trial.bronze("holdings").read().columns()).doesNotContain("e_mail");
    assertThat(trial.silver("stg_holdings").read().columns()).doesNotContain("e_mail");
    assertThat(report.files()).allSatisfy(file -> assertThat(file.notes()).isEmpty());
  }

  @Test
  void aMissingOneIsRejectedAndRejectsOfOtherCellsAndRowsSayNothingOfIt() {
    assertThat(
            Trial.rows(
                trial
                    .silver("rejects")
                    .read()
                    .select("sheet_row", "cell", "column_name", "reason", "raw")))
        .containsExactly(
            "6|D6|quantity|TYPE_MISMATCH|ten",
            "7|F7|tax_number|REQUIRED_MISSING|",
            "8|||ROW_RULE|");
  }

  @Test
  void rawTextsStandNowhereInTheLake() throws IOException {
    List<String> places = new ArrayList<>();
    int tables = 0;
    try (Stream<Path> files = Files.walk(folder.resolve("lake"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String name = file.toString();
        if (name.endsWith(".parquet")) {
          for (Row row : SparkForTests.session().read().parquet(name).collectAsList()) {
            note(places, name, row.mkString("|"));
            tables++;
          }
        }
        note(places, name, Files.readString(file, StandardCharsets.ISO_8859_1));
      }
    }
    assertThat(tables).as("rows read of Parquet files").isPositive();
    assertThat(places).isEmpty();
  }

  @Test
  void rawTextsStandNowhereInWhatIsSaid() throws IOException {
    assertThat(report.count("REFUSED")).isEqualTo(2);
    List<String> places = new ArrayList<>();
    note(places, "report", report.toJson());
    note(places, "status", trial.status().toString());
    String conf = folder.resolve("secretive.conf").toString();
    for (String file : List.of("a.xlsx", "b.xlsx", "c.xlsx")) {
      String path = landed.resolveSibling(file).toString();
      note(places, "lint", said("lint", "--pipeline", conf, "--source", "holdings", path));
      note(
          places, "lint", said("lint", "--json", "--pipeline", conf, "--source", "holdings", path));
    }
    String run = said("conform", conf);
    assertThat(run).contains("Nothing to do");
    note(places, "conform", run);
    note(places, "status", said("status", conf));
    assertThat(places).isEmpty();
  }

  @Test
  void anotherSecretIsAChangedDefinitionAndARebuildHashesAllAnew() throws IOException {
    Path elsewhere = Files.createDirectories(folder.resolve("rotated"));
    Files.writeString(elsewhere.resolve("key"), SECRET);
    Trial rotated =
        Trial.star(
            elsewhere,
            "rotated",
            "security_name { type = string }\n    quantity",
            "security_name { type = string, sensitive = { keyed-hash = \"file:"
                + elsewhere.resolve("key")
                + "\" } }\n    quantity");
    rotated.land("holdings/a.xlsx", Star.holdings("2024-01-02", "P1|S1|One|10|100"), 0);
    rotated.run(Stage.INGEST, Stage.CONFORM);
    List<String> before = names(rotated);
    Files.writeString(elsewhere.resolve("key"), "another " + SECRET);

    assertThat(rotated.failure(RunOptions.of("run", "", EnumSet.of(Stage.INGEST, Stage.CONFORM))))
        .satisfies(failure -> assertThat(failure.reason()).isEqualTo(Reason.DEFINITION_CHANGED));
    rotated.rebuildSilver("stg_holdings");
    assertThat(names(rotated)).hasSize(1).doesNotContainAnyElementsOf(before);

    Files.delete(elsewhere.resolve("key"));
    assertThat(rotated.failure(RunOptions.of("run", "", EnumSet.of(Stage.INGEST))))
        .satisfies(failure -> assertThat(failure.reason()).isEqualTo(Reason.CONFIG_INVALID));
  }

  private static List<String> names(Trial trial) {
    return Trial.rows(trial.silver("stg_holdings").read().select("security_name"));
  }

  private static void note(List<String> places, String where, String text) {
    for (String raw : RAW) {
      if (text.contains(raw)) {
        places.add(where + ": " + raw);
      }
    }
  }

  private static String said(String... arguments) {
    CommandLine line = Sluice.commandLine();
    StringWriter all = new StringWriter();
    line.setOut(new PrintWriter(all, true));
    line.setErr(new PrintWriter(all, true));
    List<String> full = new ArrayList<>(List.of(arguments));
    full.addAll(
        List.of(
            "--set", "landing.root=" + folder.resolve("landing"),
            "--set", "lake.root=" + folder.resolve("lake")));
    line.execute(full.toArray(String[]::new));
    return all.toString();
  }
}
