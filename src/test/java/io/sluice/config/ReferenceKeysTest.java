package io.sluice.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReferenceKeysTest {
  private static final String KEY = "key = [portfolio_id, security_id, as_of_date]";
  private static final String MASTERS =
      """
      sources.masters {
        files = "masters/*.xlsx"
        slice = [portfolio_id]
        columns {
          portfolio_id { type = string, required = true }
          number { type = int }
          tax_number { type = string, sensitive { keyed-hash = "env:TAX_KEY" } }
        }
      }
      silver.stg_masters { from = masters, key = portfolio_id, REFERENCES }
      """;

  @TempDir Path folder;

  @Test
  void theKeyIsOfTheSameNamesUnlessItIsDeclared() {
    Pipeline pipeline =
        Pipelines.in(folder)
            .load(
                referring(
                    "{ name = a, columns = portfolio_id, in = stg_masters },"
                        + " { name = b, columns = security_id, in = stg_masters, key = portfolio_id }",
                    ""))
            .pipeline();

    assertThat(pipeline.silver().get("stg_holdings").references())
        .containsExactly(
            new Reference("a", List.of("portfolio_id"), "stg_masters", List.of("portfolio_id")),
            new Reference("b", List.of("security_id"), "stg_masters", List.of("portfolio_id")));
  }

  @Test
  void whatIsReferredToComesFirst() {
    Pipeline pipeline =
        Pipelines.in(folder)
            .load(referring("{ name = a, columns = portfolio_id, in = stg_masters }", ""))
            .pipeline();

    assertThat(pipeline.silver().keySet()).containsExactly("stg_holdings", "stg_masters");
    assertThat(pipeline.silverInOrder())
        .extracting(SilverTable::name)
        .containsExactly("stg_masters", "stg_holdings");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          { name = a, columns = portfolio_id, in = stg_master } | small.conf:16: silver.stg_holdings.references.1.in names stg_master, which is not a silver table; did you mean stg_masters?
          { name = a, columns = portfolio, in = stg_masters, key = portfolio_id } | small.conf:16: silver.stg_holdings.references.1.columns names portfolio, which is not a column of the silver table stg_holdings; did you mean portfolio_id?
          { name = a, columns = security_id, in = stg_masters } | small.conf:16: silver.stg_holdings.references.1.columns names security_id, which is not a column of the silver table stg_masters; it has: portfolio_id, number, tax_number
          { name = a, columns = portfolio_id, in = stg_masters, key = portfolio } | small.conf:16: silver.stg_holdings.references.1.key names portfolio, which is not a column of the silver table stg_masters; did you mean portfolio_id?
          { name = a, columns = [], in = stg_masters } | small.conf:16: silver.stg_holdings.references.1.columns must name at least one column
          { name = a, columns = portfolio_id, in = stg_masters, key = [portfolio_id, number] } | small.conf:16: silver.stg_holdings.references.1.key names 2 columns of stg_masters for the 1 of stg_holdings; they go together one by one
          { name = a, columns = portfolio_id, in = stg_masters, key = number } | small.conf:16: portfolio_id of stg_holdings is string, but number of stg_masters is int; what is compared must have one type
          { name = a, columns = portfolio_id, in = stg_masters, key = tax_number } | small.conf:16: portfolio_id of stg_holdings and tax_number of stg_masters are not hashed alike, so that no value of the one is one of the other
          { name = a, columns = portfolio_id, in = stg_masters }, { name = a, columns = portfolio_id, in = stg_masters } | small.conf:16: there are two rules or references called a
          { name = a, columns = portfolio_id, in = stg_holdings } | small.conf:14: silver tables refer to each other in a circle: stg_holdings to stg_holdings; none of them could be made first
          """)
  void eachMistakeIsExplainedWhereItStands(String reference, String mistake) {
    assertThat(Pipelines.in(folder).mistakes(referring(reference, ""))).containsExactly(mistake);
  }

  @Test
  void aCircleIsSaidOnce() {
    assertThat(
            Pipelines.in(folder)
                .mistakes(
                    referring(
                        "{ name = a, columns = portfolio_id, in = stg_masters }",
                        "references = [{ name = b, columns = portfolio_id, in = stg_holdings }]")))
        .containsExactly(
            "small.conf:14: silver tables refer to each other in a circle: stg_holdings to"
                + " stg_masters to stg_holdings; none of them could be made first");
  }

  private static String referring(String references, String back) {
    String content =
        Pipelines.CORRECT.replace(KEY, KEY + ", references = [" + references + "]")
            + MASTERS.replace("REFERENCES", back);
    assertThat(content).contains("references");
    return content;
  }
}
