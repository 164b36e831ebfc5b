package io.sluice.bronze;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sluice.config.ColumnBuilder;
import io.sluice.config.ColumnType;
import io.sluice.config.Order;
import io.sluice.config.Source;
import io.sluice.config.SourceBuilder;
import io.sluice.error.Reason;
import io.sluice.error.SluiceException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ManifestTest {
  private static final String HASH = "AB".repeat(32);
  private static final Source SOURCE =
      SourceBuilder.source("holdings")
          .order(new Order(Order.By.MANIFEST_SEQUENCE, ""))
          .columns(
              ColumnBuilder.text("portfolio").build(),
              ColumnBuilder.column("market_value", ColumnType.decimal(20, 4)).build())
          .deliveries("_(\\d+)of(\\d+)", "{stem}.manifest.json")
          .build();

  @Test
  void saysWhatADeliveryHolds() {
    Manifest manifest =
        read(
            """
            {"files": [{"name": "h_1of2.xlsx", "rows": 3, "sha256": "%s",
                        "corrects": "old/g_1of2.xlsx"},
                       {"name": "h_2of2.xlsx", "corrects": "old/g_2of2.xlsx"}],
             "totals": {"market_value": "123.45"}, "sequence": 7}
            """
                .formatted(HASH));

    assertThat(manifest.files())
        .isEqualTo(
            Map.of(
                "in/h_1of2.xlsx", new Manifest.Entry(3, HASH.toLowerCase(), "old/g_1of2.xlsx"),
                "in/h_2of2.xlsx", new Manifest.Entry(-1, "", "old/g_2of2.xlsx")));
    assertThat(manifest.totals()).isEqualTo(Map.of("market_value", new BigDecimal("123.45")));
    assertThat(manifest.sequence()).isEqualTo(7);
  }

  @Test
  void takesATotalThatIsANumberAsItIsWritten() {
    assertThat(
            read("""
                    {"files": [{"name": "h"}], "totals": {"market_value": 12345678901234.123456789},
                     "sequence": 1}
                    """)
                .totals())
        .isEqualTo(Map.of("market_value", new BigDecimal("12345678901234.123456789")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      quoteCharacter = '`',
      value = {
        "[1] # it is no JSON object",
        "{\"files\": [] } # \"files\" does not list any file",
        "{\"files\": [{\"rows\": 1}], \"sequence\": 1} # a file in \"files\" has no plain \"name\"",
        "{\"files\": [{\"name\": \"a/b\"}], \"sequence\": 1} # a file in \"files\" has no plain \"name\"",
        "{\"files\": [{\"name\": \"h\"}, {\"name\": \"h\"}], \"sequence\": 1} # h is listed twice",
        "{\"files\": [{\"name\": \"h\", \"rows\": \"3\"}], \"sequence\": 1} # \"rows\" is no whole number",
        "{\"files\": [{\"name\": \"h\", \"rows\": -3}], \"sequence\": 1} # \"rows\" is no whole number",
        "{\"files\": [{\"name\": \"h\", \"sha256\": \"12\"}], \"sequence\": 1} # the \"sha256\" of h is not 64 hexadecimal digits",
        "{\"files\": [{\"name\": \"h\"}], \"squence\": 1} # it says squence, which nobody here knows what to do with",
        "{\"files\": [{\"name\": \"h\"}]} # it has no \"sequence\", by which source holdings is ordered",
        "{\"files\": [{\"name\": \"a\", \"corrects\": \"in/f\"}, {\"name\": \"b\", \"corrects\": \"in/f\"}], \"sequence\": 1} # both in/a and in/b would take the place of in/f",
        "{\"files\": [{\"name\": \"a\", \"corrects\": \"in/f\"}, {\"name\": \"f\"}], \"sequence\": 1} # both in/a and in/f would take the place of in/f",
        "{\"files\": [{\"name\": \"h_1of2\"}, {\"name\": \"h_2of2\", \"corrects\": \"in/f_2of2\"}], \"sequence\": 1} # the parts of in/h do not all correct the same delivery",
        "{\"files\": [{\"name\": \"h\"}], \"totals\": {\"portfolio\": 1}, \"sequence\": 1} # \"totals\" names portfolio, which is no column of numbers of the table",
        "{\"files\": [{\"name\": \"h\"}], \"totals\": {\"market_value\": \"1,5\"}, \"sequence\": 1} # the total of market_value is no number",
        "{\"files\": [{\"name\": \"h\"}], \"totals\": {\"market_value\": \"1E999\"}, \"sequence\": 1} # the total of market_value is larger than any sum",
      })
  void isRefusedWhereItIsNoManifest(String json, String why) {
    SluiceException refusal = catchThrowableOfType(SluiceException.class, () -> read(json));

    assertThat(refusal.reason()).isEqualTo(Reason.MANIFEST_INVALID);
    assertThat(refusal.problem()).contains("in/h.manifest.json");
    assertThat(refusal.why()).isEqualTo(why);
  }

  @Test
  void isRefusedWhereItIsCutOff() {
    SluiceException refusal =
        catchThrowableOfType(SluiceException.class, () -> read("{\"files\": [{\"name\": \"h\"}"));

    assertThat(refusal.why()).startsWith("it is no JSON: ");
  }

  @Test
  void liesBesideItsFilesUnderTheirNameWithoutPartAndEnding() {
    assertThat(ManifestedFiles.manifestOf(SOURCE, "in/2024/h_1of2.xlsx"))
        .isEqualTo("in/2024/h.manifest.json");
    Source other = SourceBuilder.like(SOURCE).deliveries("", "{name}.json").build();
    assertThat(ManifestedFiles.manifestOf(other, "h_1of2.xlsx")).isEqualTo("h_1of2.xlsx.json");
    Source folder = SourceBuilder.like(SOURCE).deliveries("", "_MANIFEST").build();
    assertThat(ManifestedFiles.manifestOf(folder, "in/a.xlsx")).isEqualTo("in/_MANIFEST");
  }

  private static Manifest read(String json) {
    return Manifest.of(SOURCE, "in/h.manifest.json", json.getBytes(StandardCharsets.UTF_8));
  }
}
