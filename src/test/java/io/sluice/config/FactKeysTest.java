package io.sluice.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FactKeysTest {
  private static final String TRADES =
      """
      pipeline.name = small
      landing.root = "in"
      sources.trades {
        files = "trades/*.xlsx"
        slice = [trade_date]
        columns {
          trade_date { type = date, required = true }
          settle_date { type = date }
          trade_id { type = string, required = true }
          broker_ref { type = string }
          security_id { type = string }
          underlying_id { type = string }
          lot { type = int }
          quantity { type = "decimal(20,4)" }
          price { type = "decimal(20,6)" }
        }
      }
      silver.stg_trades { from = trades, key = [trade_id, trade_date], partition-by-date = trade_date }
      gold {
        dim_date { calendar { from = 2024-01-01, to = 2024-12-31 } }
        dim_security { dimension { from = stg_trades, key = security_id, as-of = trade_date } }
        fact_trades {
          fact {
            from = stg_trades
            date = trade_date
            KIND
            grain = [trade_id, trade_date]
            DATES
            dimensions = [dim_security]
            DEGENERATE
            measures = [quantity]
          }
        }
        daily {
          sql = "daily.sql"
          date = trade_date
          CONTROL
        }
      }
      publish.tables = [dim_date, dim_security, fact_trades]
      """;

  @TempDir Path folder;

  @Test
  void namesAloneAreDimensionsWithoutRolesAndMeasuresThatMayBeSummed() {
    assertThat(fact(TRADES))
        .isEqualTo(
            new GoldTable.Fact(
                "stg_trades",
                List.of("trade_id", "trade_date"),
                "trade_date",
                List.of("dim_security"),
                List.of("quantity")));
  }

  @Test
  void everythingThatAFactMayDeclareIsRead() {
    GoldTable.Fact fact =
        fact(
            TRADES
                .replace("KIND", "kind = transaction")
                .replace("DATES", "dates = settle_date")
                .replace("DEGENERATE", "degenerate = broker_ref")
                .replace(
                    "[dim_security]",
                    "[dim_security, { dimension = dim_security, role = underlying,"
                        + " key = underlying_id, cardinality = one-to-one }]")
                .replace(
                    "measures = [quantity]",
                    "measures = [lot, { column = quantity, additive = { except = [date, underlying] } },"
                        + " { column = price, additive = none }]"));

    assertThat(fact)
        .isEqualTo(
            new GoldTable.Fact(
                "stg_trades",
                GoldTable.Fact.Kind.TRANSACTION,
                List.of("trade_id", "trade_date"),
                "trade_date",
                List.of("settle_date"),
                List.of(
                    Lookup.of("dim_security"),
                    new Lookup(
                        "dim_security",
                        "underlying",
                        List.of("underlying_id"),
                        Lookup.Cardinality.ONE_TO_ONE)),
                List.of("broker_ref"),
                List.of(
                    Measure.of("lot"),
                    new Measure("quantity", Measure.Additive.EXCEPT, List.of("date", "underlying")),
                    new Measure("price", Measure.Additive.NONE, List.of()))));
    assertThat(fact.lookups())
        .extracting(Lookup::keyName)
        .containsExactly("security_key", "underlying_security_key");
    assertThat(fact.dimensions()).containsExactly("dim_security");
    assertThat(fact.carried(name -> List.of("security_id")))
        .containsExactly("trade_id", "broker_ref");
  }

  @Test
  void aTableBySqlIsHeldToMeasures() {
    Pipeline pipeline =
        load(TRADES.replace("CONTROL", "control = { lots = fact_trades.quantity }"));

    assertThat(((GoldTable.SqlModel) pipeline.gold().get("daily").shape()).control())
        .containsExactly(new ControlTotal("lots", "fact_trades", "quantity"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          KIND | kind = event | small.conf:26: gold.fact_trades.fact.kind is "event", but must be one of snapshot, transaction
          grain = [trade_id, trade_date] | grain = [trade_id] | small.conf:27: gold.fact_trades.fact.grain lacks trade_date: facts are replaced and held date by date, so that their date is a part of what identifies them
          grain = [trade_id, trade_date] | kind = transaction, grain = [security_id, trade_date] | small.conf:27: gold.fact_trades.fact.grain has only dates and keys of dimensions, which two events of one day can share; name what tells them apart, e.g. the number of the trade, or leave out kind = transaction
          DATES | dates = [settle] | small.conf:28: gold.fact_trades.fact.dates names settle, which is not a column of stg_trades; it has: trade_date, settle_date, trade_id, broker_ref, security_id, underlying_id, lot, quantity, price
          DATES | dates = [settle_dat] | small.conf:28: gold.fact_trades.fact.dates names settle_dat, which is not a column of stg_trades; did you mean settle_date?
          DATES | dates = [trade_id] | small.conf:28: gold.fact_trades.fact.dates names trade_id, which must be a date but is string in stg_trades
          DATES | dates = [trade_date] | small.conf:28: gold.fact_trades.fact.dates names trade_date, which is the business date already; its key is date_key
          [dim_security] | [{ dimension = dim_security, rol = underlying }] | small.conf:29: gold.fact_trades.fact.dimensions is [{"dimension":"dim_security","rol":"underlying"}], but must be a dimension, { dimension = dim_security, role = underlying, key = underlying_id } or a list of them; rol is unknown here; did you mean role?
          [dim_security] | [{ role = underlying }] | small.conf:29: gold.fact_trades.fact.dimensions is [{"role":"underlying"}], but must be a dimension, { dimension = dim_security, role = underlying, key = underlying_id } or a list of them; dimension is missing
          [dim_security] | [dim_security, { dimension = dim_security, key = underlying_id }] | small.conf:29: gold.fact_trades.fact.dimensions is ["dim_security",{"dimension":"dim_security","key":"underlying_id"}], but must be a dimension, { dimension = dim_security, role = underlying, key = underlying_id } or a list of them; dim_security stands in it twice: give one of them a role
          [dim_security] | [{ dimension = dim_security, cardinality = many }] | small.conf:29: gold.fact_trades.fact.dimensions is [{"cardinality":"many","dimension":"dim_security"}], but must be a dimension, { dimension = dim_security, role = underlying, key = underlying_id } or a list of them; cardinality is one of many-to-one, one-to-one
          [dim_security] | [{ dimension = dim_security, key = underlying }] | small.conf:29: gold.fact_trades.fact.dimensions names underlying, which is not a column of stg_trades; did you mean underlying_id?
          [dim_security] | [{ dimension = dim_security, key = [security_id, underlying_id] }] | small.conf:29: gold.fact_trades.fact.dimensions names 2 columns of stg_trades for the 1 of the key of dim_security; they go together one by one
          [dim_security] | [{ dimension = dim_security, role = underlying, key = lot }] | small.conf:29: gold.fact_trades.fact.dimensions names dim_security, whose key security_id is string, but lot of stg_trades is int
          [dim_security] | [{ dimension = dim_secruity, role = underlying }] | small.conf:29: gold.fact_trades.fact.dimensions names dim_secruity, which is not a gold table; did you mean dim_security?
          DEGENERATE | degenerate = broker | small.conf:30: gold.fact_trades.fact.degenerate names broker, which is not a column of stg_trades; it has: trade_date, settle_date, trade_id, broker_ref, security_id, underlying_id, lot, quantity, price
          DEGENERATE | degenerate = quantity | small.conf:30: gold.fact_trades.fact.degenerate names quantity, which is a measure already
          [quantity] | [broker_ref] | small.conf:31: gold.fact_trades.fact.measures names broker_ref, which must be a number but is string in stg_trades
          [quantity] | [quantity, quantity] | small.conf:31: gold.fact_trades.fact.measures is ["quantity","quantity"], but must be a column, { column = nav, additive = { except = date } } or a list of them; quantity stands in it twice
          [quantity] | [{ column = quantity, additive = no }] | small.conf:31: gold.fact_trades.fact.measures is [{"additive":"no","column":"quantity"}], but must be a column, { column = nav, additive = { except = date } } or a list of them; additive is one of all, none
          [quantity] | [{ column = quantity, additive = { except = dates } }] | small.conf:31: gold.fact_trades.fact.measures: quantity is additive except over dates, which is neither date nor a dimension or role of this fact; did you mean date?
          CONTROL | control = { lots = fact_trade.quantity } | small.conf:37: gold.daily.control: lots is held to fact_trade, which is not a gold table; did you mean fact_trades?
          CONTROL | control = { lots = dim_security.quantity } | small.conf:37: gold.daily.control: lots is held to dim_security, which is not a fact table
          CONTROL | control = { lots = fact_trades.quantty } | small.conf:37: gold.daily.control: lots is held to fact_trades.quantty, which is not a measure of it; did you mean quantity?
          CONTROL | control = { lots = quantity } | small.conf:37: gold.daily.control is {"lots":"quantity"}, but must be a block such as { total_nav = fact_holdings.market_value }; lots is to name a fact table and its measure
          """)
  void eachMistakeIsExplainedWhereItStands(String part, String replacement, String mistake) {
    assertThat(TRADES).contains(part);
    assertThat(mistakes(TRADES.replace(part, replacement))).containsExactly(mistake);
  }

  @Test
  void whatSumsToNothingWithinADayHoldsNoTable() {
    assertThat(
            mistakes(
                TRADES
                    .replace("[quantity]", "[{ column = price, additive = none }]")
                    .replace("CONTROL", "control = { p = fact_trades.price }")))
        .containsExactly(
            "small.conf:37: gold.daily.control: p is held to fact_trades.price, whose sum over a day"
                + " means nothing: it is non-additive");
  }

  @Test
  void sumsAreComparedDateByDate() {
    assertThat(
            mistakes(
                TRADES.replace(
                    "date = trade_date\n    CONTROL", "control = { q = fact_trades.quantity }")))
        .containsExactly(
            "small.conf:36: control compares sums date by date; it needs date or partition-by-date");
  }

  @Test
  void twoColumnsOfAFactMustDiffer() {
    assertThat(
            mistakes(
                TRADES
                    .replace("settle_date { type = date }", "security { type = date }")
                    .replace("DATES", "dates = security")))
        .containsExactly(
            "small.conf:23: the fact fact_trades would have two columns called security_key");
  }

  private GoldTable.Fact fact(String content) {
    return (GoldTable.Fact) load(content).gold().get("fact_trades").shape();
  }

  private Pipeline load(String content) {
    return in().load(plain(content)).pipeline();
  }

  private List<String> mistakes(String content) {
    return in().mistakes(plain(content));
  }

  private Pipelines in() {
    return Pipelines.in(folder)
        .file("daily.sql", "SELECT trade_date, sum(quantity) AS lots FROM stg_trades GROUP BY 1");
  }

  private static String plain(String content) {
    return content
        .replace("KIND\n", "\n")
        .replace("DATES\n", "\n")
        .replace("DEGENERATE\n", "\n")
        .replace("CONTROL\n", "\n");
  }
}
