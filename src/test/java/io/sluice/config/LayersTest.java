package io.sluice.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LayersTest {
  private static final Optional<String> PROD = Optional.of("prod");

  @TempDir Path folder;

  @Test
  void laterLayersWin() {
    Pipelines files =
        Pipelines.in(folder)
            .file(
                "env/prod.conf",
                "landing.root = \"s3a://landing/x/\"\nbatch.max-files = 7\nbatch.max-bytes = 1MiB\n");
    Pipeline pipeline =
        files.load(Pipelines.CORRECT, PROD, "batch.max-files=9", "batch.max-files=8").pipeline();
    assertThat(pipeline.landing()).isEqualTo("s3a://landing/x");
    assertThat(pipeline.batch()).isEqualTo(new Batch(8, 1024 * 1024));
    assertThat(pipeline.lake().compression()).isEqualTo("zstd");
  }

  @Test
  void overlayThatChangesLogicIsRefusedWithItsLine() {
    Pipelines files =
        Pipelines.in(folder)
            .file(
                "env/prod.conf",
                "lake.root = x\npipeline.zone = CET\nsilver.stg_holdings.key += x\n");
    assertThat(files.mistakes(Pipelines.CORRECT, PROD))
        .containsExactly(
            "env/prod.conf:2: pipeline.zone cannot be changed by an environment file, which changes"
                + " places, credentials and sizes (landing.*, lake.*, warehouse.*, batch.*,"
                + " spark.*) but never logic: change it in the pipeline file",
            "env/prod.conf:3: silver.stg_holdings.key cannot be changed by an environment file, which"
                + " changes places, credentials and sizes (landing.*, lake.*, warehouse.*,"
                + " batch.*, spark.*) but never logic: change it in the pipeline file");
  }

  @Test
  void settingThatChangesLogicOrIsMisspeltIsRefused() {
    assertThat(
            Pipelines.in(folder)
                .mistakes(
                    Pipelines.CORRECT,
                    "sources.holdings.sheet=Other",
                    "landing.roots=x",
                    "lake.rot=x",
                    "warehouse"))
        .satisfiesExactlyInAnyOrder(
            line ->
                assertThat(line)
                    .startsWith("--set sources.holdings.sheet: ")
                    .contains("never logic"),
            line ->
                assertThat(line)
                    .isEqualTo(
                        "--set landing.roots: unknown key landing.roots; did you mean root?"),
            line ->
                assertThat(line)
                    .isEqualTo("--set lake.rot: unknown key lake.rot; did you mean root?"),
            line ->
                assertThat(line).isEqualTo("--set warehouse: this is not of the form key=value"));
  }

  @Test
  void missingOverlayNamesThePathAndTheOverlaysThereAre() {
    Pipelines files = Pipelines.in(folder).file("env/test.conf", "");
    assertThat(files.refusal(Pipelines.CORRECT, PROD))
        .satisfies(
            refusal -> {
              assertThat(refusal.why()).isEqualTo("there is no file " + folder + "/env/prod.conf");
              assertThat(refusal.remedy()).contains("test.conf");
            });
  }

  @Test
  void relativePlacesLieInHomeIfWrittenAndInTheWorkingDirectoryIfSet() {
    Pipeline written = Pipelines.in(folder).load(Pipelines.CORRECT).pipeline();
    assertThat(written.landing()).isEqualTo(folder.resolve("in").toString());
    assertThat(written.lake().root()).isEqualTo(folder.resolve("data/lake").toString());
    assertThat(written.warehouse().dataDirectory()).isEqualTo(folder.resolve("data/warehouse"));
    Pipeline set =
        Pipelines.in(folder)
            .load(
                Pipelines.CORRECT,
                "landing.root=../elsewhere",
                "lake.roots.gold=gold",
                "lake.root=s3a://bucket/lake")
            .pipeline();
    Path here = Path.of("").toAbsolutePath();
    assertThat(set.landing()).isEqualTo(here.resolveSibling("elsewhere").toString());
    assertThat(set.lake().roots()).containsOnly(java.util.Map.entry("gold", here + "/gold"));
    assertThat(set.lake().root()).isEqualTo("s3a://bucket/lake");
  }

  @Test
  void substitutionsSeeTheEffectiveValues() {
    Pipelines files =
        Pipelines.in(folder).file("env/prod.conf", "lake.root = ${lake.root}\"/deeper\"\n");
    String content = Pipelines.CORRECT + "lake.root = \"/lake\"\n";
    assertThat(files.load(content, PROD).pipeline().lake().root()).isEqualTo("/lake/deeper");
  }

  @Test
  void secretInClearIsRefusedWithoutBeingRepeated() {
    assertThat(
            Pipelines.in(folder).mistakes(Pipelines.CORRECT + "warehouse.password = \"hunter2\"\n"))
        .containsExactly(
            "small.conf:34: warehouse.password is not usable, but must be a reference, env:NAME or"
                + " file:/path, never the secret itself");
  }

  @Test
  void passwordInTheWarehouseUrlIsRefusedWithoutBeingRepeated() {
    for (String url :
        new String[] {
          "jdbc:postgresql://host/db?user=me&password=hunter2",
          "jdbc:postgresql://me:hunter2@host/db"
        }) {
      assertThat(Pipelines.in(folder).mistakes(Pipelines.CORRECT, "warehouse.url=" + url))
          .singleElement()
          .asString()
          .startsWith("--set warehouse.url: ")
          .endsWith("take that out, and set SLUICE_WAREHOUSE_PASSWORD instead")
          .doesNotContain("hunter2");
    }
  }

  @Test
  void credentialsInAPlaceAreRefusedWithoutBeingRepeated() {
    assertThat(Pipelines.in(folder).mistakes(Pipelines.CORRECT, "lake.root=s3a://key:hunter2@b/x"))
        .singleElement()
        .asString()
        .contains("it holds credentials")
        .doesNotContain("hunter2");
  }

  @Test
  void sparkSettingsKeepTheirNames() {
    Pipeline pipeline =
        Pipelines.in(folder)
            .load(
                Pipelines.CORRECT
                    + "spark { sql.shuffle.partitions = 8, \"spark.ui.enabled\" = false }\n",
                "spark.master=local[1]")
            .pipeline();
    assertThat(pipeline.spark())
        .containsOnly(
            java.util.Map.entry("spark.sql.shuffle.partitions", "8"),
            java.util.Map.entry("spark.ui.enabled", "false"),
            java.util.Map.entry("spark.master", "local[1]"));
  }

  @Test
  void defaultsOfThePipelineFileHoldForEveryItem() {
    String content =
        Pipelines.CORRECT
            + "defaults { source.limits.rejected-rows = 5%, column.null-text = [\"-\"] }\n";
    Source source = Pipelines.in(folder).load(content).pipeline().sources().get("holdings");
    assertThat(source.limits().rejectedShare()).isEqualByComparingTo(new BigDecimal("0.05"));
    assertThat(source.columns()).allSatisfy(c -> assertThat(c.nullTexts()).containsExactly("-"));
  }

  @Test
  void schemaIsThePipelinesNameUnlessDeclared() {
    assertThat(Pipelines.in(folder).load(Pipelines.CORRECT).pipeline().warehouse().schema())
        .isEqualTo("small");
  }

  @Test
  void namesKeepTheOrderOfDeclarationEvenOnOneLine() {
    String content =
        Pipelines.CORRECT.replace(
            "price { type",
            "zz { type = int }, aa { type = int }, mm { type = int }, b { type = int }, price { type");
    assertThat(Pipelines.in(folder).load(content).pipeline().sources().get("holdings").columns())
        .extracting(Column::name)
        .containsExactly(
            "portfolio_id", "security_id", "security_name", "zz", "aa", "mm", "b", "price");
  }

  @Test
  void gateChecksHaveDerivedNames() {
    String content =
        Pipelines.CORRECT.replace(
            "gate = [{ complete = price }]",
            """
            gate = [
              { complete = price, min-share = 99% }, { unique = [portfolio_id, security_id] }
              { row-count { min = 1 }, severity = warning }, { name = positive, row = "price > 0" }
            ]""");
    assertThat(Pipelines.in(folder).load(content).pipeline().silver().get("stg_holdings").gate())
        .extracting(GateRule::name)
        .containsExactly(
            "complete-price", "unique-portfolio_id-security_id", "row-count", "positive");
  }

  @Test
  void effectiveConfigurationLoadsAgainAsTheSamePipelineAndShowsNoSecret() {
    String content = Pipelines.CORRECT + "spark.hadoop.fs.s3a.secret.key = hunter2\n";
    LoadedPipeline loaded = Pipelines.in(folder).load(content, "lake.root=/elsewhere");
    assertThat(loaded.pipeline().spark()).containsValue("hunter2");
    assertThat(loaded.effective())
        .doesNotContain("hunter2")
        .contains("password = \"env:SLUICE_WAREHOUSE_PASSWORD\"")
        .contains("root = \"/elsewhere\" # --set lake.root")
        .contains("scale-excess = \"reject\"");
    assertThat(ConfigFactory.parseString(loaded.effective()).getString("lake.root"))
        .isEqualTo("/elsewhere");
    Pipeline again = Pipelines.in(folder).load(loaded.effective()).pipeline();
    assertThat(again.sources()).isEqualTo(loaded.pipeline().sources());
    assertThat(again.silver()).isEqualTo(loaded.pipeline().silver());
    assertThat(again.gold()).isEqualTo(loaded.pipeline().gold());
    assertThat(again.lake()).isEqualTo(loaded.pipeline().lake());
  }

  @Test
  void effectiveConfigurationShowsDerivedValuesInTheOrderOfTheReference() {
    String effective = Pipelines.in(folder).load(Pipelines.CORRECT).effective();
    assertThat(effective)
        .containsSubsequence(
            "pipeline {",
            "landing {",
            "warehouse {",
            "url = \"embedded\"",
            "schema = \"small\"",
            "sources {",
            "files = ",
            "above {",
            "columns {",
            "portfolio_id {",
            "header = \"portfolio id\"",
            "silver {",
            "gold {",
            "dim_date {",
            "dim_security {",
            "publish {");
  }

  @Test
  void nullStandsForTheDefault() {
    Pipeline pipeline =
        Pipelines.in(folder).load(Pipelines.CORRECT + "lake.compression = null\n").pipeline();
    assertThat(pipeline.lake().compression()).isEqualTo("zstd");
  }

  @Test
  void sparkSettingsThatDecideValuesAreRefused() {
    assertThat(Pipelines.in(folder).mistakes(Pipelines.CORRECT, "spark.sql.session.timeZone=CET"))
        .containsExactly(
            "--set spark.sql.session.timeZone: spark.sql.session.timeZone is Sluice's own to set;"
                + " set pipeline.zone instead");
  }

  @Test
  void sourceMayBeSpreadOverIncludedFiles() {
    Pipelines files =
        Pipelines.in(folder).file("common.conf", "sources.holdings.columns.extra.type = money\n");
    assertThat(files.mistakes("include \"common.conf\"\n" + Pipelines.CORRECT))
        .singleElement()
        .asString()
        .startsWith("common.conf:1: sources.holdings.columns.extra.type is \"money\"");
  }

  @Test
  void portsAreNotTakenForPasswords() {
    Warehouse warehouse =
        Pipelines.in(folder)
            .load(Pipelines.CORRECT, "warehouse.url=jdbc:postgresql://127.0.0.1:5432/db?user=a@b")
            .pipeline()
            .warehouse();
    assertThat(warehouse.url()).isEqualTo("jdbc:postgresql://127.0.0.1:5432/db?user=a@b");
    assertThat(warehouse.embedded()).isFalse();
  }
}
