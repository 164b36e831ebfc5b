package io.sluice.gold;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.config.GateRule;
import io.sluice.config.GoldTable;
import io.sluice.config.Pipeline;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class BuiltInRulesTest {
  @Test
  void aFactIsCompleteWithinTheCalendarAndUniqueAtItsGrain() {
    Pipeline pipeline = Pipelines.with();
    assertThat(texts(BuiltInRules.forTable(pipeline.gold().get("fact_holdings"), pipeline)))
        .containsExactly(
            "COMPLETE [date_key] ",
            "COMPLETE [security_key] ",
            "UNIQUE [date_key, security_key, portfolio_id] ",
            "ROW [] date_key BETWEEN 20200101 AND 20351231");
  }

  @Test
  void aDatedModelHasItsDateInEveryRow() {
    GoldTable model = Pipelines.dated("model", "SELECT * FROM stg_holdings", 0);
    assertThat(texts(BuiltInRules.forTable(model, Pipelines.with(model))))
        .containsExactly("COMPLETE [as_of_date] ");
    GoldTable whole = Pipelines.whole("model", "SELECT * FROM stg_holdings");
    assertThat(BuiltInRules.forTable(whole, Pipelines.with(whole))).isEmpty();
  }

  @Test
  void aDimensionMeetsItsOwnRules() {
    Pipeline pipeline = Pipelines.with();
    Dataset<Row> rows =
        DimensionTable.rows(
            "dim_security",
            Pipelines.SECURITY,
            Map.of(
                "stg_securities",
                Tables.table(
                    "security_id string, as_of_date date, security_name string",
                    "A | 2024-01-10 | Alpha",
                    "A | 2024-01-11 | Beta",
                    "A | 2024-01-12 | Gamma")),
            List.of());
    List<GateRule> rules = BuiltInRules.forTable(pipeline.gold().get("dim_security"), pipeline);
    assertThat(rules).extracting(GateRule::name).doesNotHaveDuplicates().hasSize(7);
    for (GateRule rule : rules) {
      long broken =
          switch (rule.kind()) {
            case COMPLETE -> rows.where(rule.columns().get(0) + " IS NULL").count();
            case UNIQUE ->
                rows.count()
                    - rows.selectExpr(rule.columns().toArray(String[]::new)).distinct().count();
            case ROW -> rows.where("NOT (" + rule.expression() + ")").count();
            default -> throw new AssertionError(rule.kind());
          };
      assertThat(broken).as(rule.name()).isZero();
    }
  }

  static List<String> texts(List<GateRule> rules) {
    return rules.stream()
        .map(rule -> rule.kind() + " " + rule.columns() + " " + rule.expression())
        .toList();
  }
}
