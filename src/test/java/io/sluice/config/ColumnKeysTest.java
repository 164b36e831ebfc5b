package io.sluice.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ColumnKeysTest {
  private static final String NAME = "security_name { header = \"Name\", type = string }";
  private static final String PRICE = "price { type = \"decimal(20,6)\" }";

  @TempDir Path folder;

  private Column column(String written, String keys) {
    String name = written.substring(0, written.indexOf(' '));
    String changed = written.replace(" }", ", " + keys + " }");
    return Pipelines.in(folder)
        .load(Pipelines.CORRECT.replace(written, changed))
        .pipeline()
        .sources()
        .get("holdings")
        .columns()
        .stream()
        .filter(column -> column.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void numbersAreWrittenAsUsualUnlessDeclared() {
    assertThat(column(PRICE, "required = true").numbers()).isEqualTo(NumberText.USUAL);
    assertThat(
            column(
                    PRICE,
                    "number = \"1.234,56\", percent = true, trailing-minus = true, symbols = [\"$\","
                        + " EUR]")
                .numbers())
        .isEqualTo(new NumberText(',', '.', true, true, List.of("$", "EUR")));
    assertThat(column(PRICE, "number = \"1234,56\"").numbers().grouping())
        .isEqualTo(NumberText.NONE);
    assertThat(column(PRICE, "number = 1234.56").numbers().decimal()).isEqualTo('.');
    assertThat(column(PRICE, "number = \"1'234.56\"").numbers().grouping()).isEqualTo('\'');
  }

  @Test
  void boundsAreKeptAsWritten() {
    assertThat(column(PRICE, "min = 0, max = 99.50").bounds())
        .isEqualTo(new Bounds("0", "99.50", 0, Integer.MAX_VALUE));
    assertThat(column(NAME, "min-length = 2, max-length = 40").bounds())
        .isEqualTo(new Bounds("", "", 2, 40));
  }

  @Test
  void aHashedColumnKnowsItsSecretByReference() {
    Column column =
        column(NAME, "sensitive = { keyed-hash = \"env:SOME_KEY\" }, null-text = [\"-\"]");
    assertThat(column.hashed()).isTrue();
    assertThat(column.hashKey()).isEqualTo(new Secret("env:SOME_KEY"));
    assertThat(column(NAME, "required = true").hashed()).isFalse();
  }

  @Test
  void aDroppedColumnIsNoneAndItsHeadersAreKnown() {
    Source source =
        Pipelines.in(folder)
            .load(
                Pipelines.CORRECT
                    .replace(NAME, NAME + "\n mail { header = [Mail, E-Mail], type = string }")
                    .replace("Mail], type", "Mail], sensitive = drop, type")
                    .replace(
                        "above {",
                        "above {\n client { label = Client, type = string,"
                            + " sensitive = drop }\n"))
            .pipeline()
            .sources()
            .get("holdings");
    assertThat(source.contractColumns())
        .extracting(Column::name)
        .containsExactly("as_of_date", "portfolio_id", "security_id", "security_name", "price");
    assertThat(source.dropped()).containsExactly("Mail", "E-Mail", "mail", "Client", "client");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          number = "1.234" | price.number is "1.234", but must be the number 1234.56 as the workbook writes it: 1,234.56 or 1.234,56 or 1 234,56 or 1'234.56 or 1234.56 or 1234,56
          number = "1,234,56" | price.number is "1,234,56", but must be the number 1234.56 as the workbook writes it: 1,234.56 or 1.234,56 or 1 234,56 or 1'234.56 or 1234.56 or 1234,56
          symbols = ["k 5"] | price.symbols is ["k 5"], but must be a text or a list of texts such as $ or EUR, without digits, signs, separators or blanks
          min = many | price.min is "many", but must be a number, as the column is
          min = 2, max = 1.5 | price.min is more than sources.holdings.columns.price.max: no value would do
          max-length = 5 | price.max-length is for text (type string), but the type is decimal(20,6)
          sensitive = { keyed-hash = "env:KEY" } | price.sensitive makes a text of every value, so the type must be string, not decimal(20,6)
          """)
  void whatDoesNotFitANumberIsAMistake(String keys, String mistake) {
    assertThat(Pipelines.in(folder).mistakesAfter(PRICE, PRICE.replace(" }", ", " + keys + " }")))
        .containsExactly("small.conf:11: sources.holdings.columns." + mistake);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          percent = true | security_name.percent is for decimals, but the type is string
          number = "1.234,56" | security_name.number is for numbers, but the type is string
          max = 5 | security_name.max is for numbers and dates, but the type is string
          min-length = 5, max-length = 4 | security_name.min-length is more than sources.holdings.columns.security_name.max-length: no value would do
          sensitive = { keyed-hash = "env:KEY" }, pattern = "[0-9]+" | security_name.pattern cannot be checked beside sources.holdings.columns.security_name.sensitive: only a hash is left to look at
          sensitive = { keyed-hash = "hunter2" } | security_name.sensitive is not usable, but must be drop, or { keyed-hash = "env:NAME" } or { keyed-hash = "file:/path" } with a reference to the secret, never the secret itself
          sensitive = sha256 | security_name.sensitive is not usable, but must be drop, or { keyed-hash = "env:NAME" } or { keyed-hash = "file:/path" } with a reference to the secret, never the secret itself; a hash without a key is refused: whoever hashes all account or tax numbers that there can be reads it back
          """)
  void whatDoesNotFitATextIsAMistake(String keys, String mistake) {
    assertThat(Pipelines.in(folder).mistakesAfter(NAME, NAME.replace(" }", ", " + keys + " }")))
        .containsExactly("small.conf:10: sources.holdings.columns." + mistake);
  }

  @Test
  void whatIsDroppedCanBeNeitherSliceNorKey() {
    String dropped =
        Pipelines.CORRECT.replace(
            "portfolio_id { type = string,", "portfolio_id { type = string, sensitive = drop,");
    assertThat(Pipelines.in(folder).mistakes(dropped))
        .contains(
            "small.conf:5: sources.holdings.slice names portfolio_id, which is not a column of the"
                + " source: it is sensitive = drop, so nothing is known of it");
  }

  @Test
  void whatIsHashedCannotSayWhichFileIsTheNewerOne() {
    String ordered =
        Pipelines.CORRECT.replace(
            "above {",
            "order = { above = version }\n above { version { label = V, type = string,"
                + " sensitive = { keyed-hash = \"env:KEY\" } }\n");
    assertThat(Pipelines.in(folder).mistakes(ordered))
        .containsExactly(
            "small.conf:6: sources.holdings.order names version, which is sensitive: what is left of"
                + " it has no order");
  }
}
