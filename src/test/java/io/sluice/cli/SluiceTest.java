package io.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SluiceTest {
  private static final String PORTFOLIO = Path.of("conf", "portfolio.conf").toString();

  @TempDir Path folder;

  static Stream<String> verbs() {
    return Sluice.commandLine().getSubcommands().keySet().stream()
        .filter(verb -> !verb.equals("help"));
  }

  @ParameterizedTest
  @MethodSource("verbs")
  void everyVerbIsExplained(String verb) {
    String summary =
        Sluice.commandLine()
            .getSubcommands()
            .get(verb)
            .getCommandSpec()
            .usageMessage()
            .description()[0];

    Said said = Said.by(verb, "--help");

    assertThat(said.code()).isZero();
    assertThat(said.err()).isEmpty();
    assertThat(said.out()).startsWith("Usage: sluice " + verb).contains(summary);
    assertThat(said.out().lines()).hasSizeGreaterThan(5).allMatch(line -> line.length() <= 100);
    assertThat(Sluice.commandLine().getUsageMessage()).contains("  " + verb, summary);
  }

  @Test
  void wrongUsageIsAnsweredWithTwoAndAHint() {
    assertThat(Said.by().code()).isEqualTo(2);
    assertThat(Said.by().err()).contains("a verb is missing");
    Said mistyped = Said.by("pubish");
    assertThat(mistyped.code()).isEqualTo(2);
    assertThat(mistyped.err()).contains("pubish", "publish");
    Said date = Said.by("run", PORTFOLIO, "--from", "15.01.2024");
    assertThat(date.code()).isEqualTo(2);
    assertThat(date.err()).contains("'15.01.2024' is no date; write it like 2024-01-15");
  }

  @Test
  void allMistakesOfAPipelineAreSaidAtOnceEachWithItsLine() throws IOException {
    List<String> lines = Files.readAllLines(Path.of(PORTFOLIO));
    Path conf = folder.resolve("mine.conf");
    Files.write(conf, lines);
    int line = lines.size();
    Files.writeString(
        conf,
        """
        landig.root = "x"
        lake.compression = lzma
        warehouse.port = many
        """,
        java.nio.file.StandardOpenOption.APPEND);

    Said said = Said.by("run", conf.toString());

    assertThat(said.code()).isEqualTo(2);
    assertThat(said.err())
        .contains(
            "mine.conf:" + (line + 1),
            "mine.conf:" + (line + 2),
            "mine.conf:" + (line + 3),
            "landing",
            "zstd",
            "remedy")
        .doesNotContain("\tat ");
  }

  @Test
  void theEffectiveConfigurationHidesWhatIsSecret() throws IOException {
    Path password = Files.writeString(folder.resolve("password"), "s3cret");

    Said said = Said.by("config", PORTFOLIO, "--set", "warehouse.password=file:" + password);

    assertThat(said.code()).as(said.err()).isZero();
    assertThat(said.out()).contains("password", "stg_portfolio_holdings").doesNotContain("s3cret");
  }
}
