package io.sluice.config;

import java.util.ArrayList;
import java.util.List;

/** Reads one fact table and checks it against its silver table. */
final class FactReader {
  private final Node node;
  private final Tables tables;

  FactReader(Node node, Tables tables) {
    this.node = node;
    this.tables = tables;
  }

  GoldTable.Fact read() {
    GoldTable.Fact fact =
        new GoldTable.Fact(
            node.value(TableKeys.FACT_FROM),
            node.value(TableKeys.FACT_KIND),
            node.value(TableKeys.GRAIN),
            node.value(TableKeys.FACT_DATE),
            node.value(TableKeys.FACT_DATES),
            node.value(TableKeys.DIMENSIONS),
            node.value(TableKeys.DEGENERATE),
            node.value(TableKeys.MEASURES));
    References.checkSilver(node, TableKeys.FACT_FROM, tables, fact.from());
    columns(TableKeys.GRAIN, fact.from(), fact.grain());
    columns(TableKeys.FACT_DATE, fact.from(), List.of(fact.date()));
    columns(TableKeys.FACT_DATES, fact.from(), fact.dates());
    columns(TableKeys.DEGENERATE, fact.from(), fact.degenerate());
    columns(TableKeys.MEASURES, fact.from(), fact.measureColumns());
    fact.lookups().forEach(each -> columns(TableKeys.DIMENSIONS, fact.from(), each.key()));
    References.checkDate(node, TableKeys.FACT_DATE, tables, fact.from(), fact.date());
    checkGrain(fact);
    checkDates(fact);
    checkMeasures(fact);
    return fact;
  }

  private void columns(Key<?> key, String from, List<String> names) {
    References.checkColumns(node, key, tables, from, names);
  }

  private void checkGrain(GoldTable.Fact fact) {
    if (node.wrong(TableKeys.GRAIN)) {
      return;
    }
    if (fact.grain().isEmpty()) {
      node.mistake(TableKeys.GRAIN, node.pathOf("grain") + " must not be empty");
    } else if (!fact.date().isEmpty() && !fact.grain().contains(fact.date())) {
      node.mistake(
          TableKeys.GRAIN,
          "%s lacks %s: facts are replaced and held date by date, so that their date is a part of"
                  .formatted(node.pathOf("grain"), fact.date())
              + " what identifies them");
    }
  }

  private void checkDates(GoldTable.Fact fact) {
    for (String date : fact.dates()) {
      if (date.equals(fact.date())) {
        node.mistake(
            TableKeys.FACT_DATES,
            date,
            "%s names %s, which is the business date already; its key is date_key"
                .formatted(node.pathOf("dates"), date));
      }
      References.checkDate(node, TableKeys.FACT_DATES, tables, fact.from(), date);
    }
  }

  private void checkMeasures(GoldTable.Fact fact) {
    List<String> summedOver = new ArrayList<>();
    summedOver.add(Measure.DATE);
    for (Lookup lookup : fact.lookups()) {
      summedOver.add(lookup.role().isEmpty() ? lookup.dimension() : lookup.role());
    }
    for (Measure measure : fact.measures()) {
      String column = measure.column();
      tables
          .type(fact.from(), column)
          .filter(type -> !GateReader.numeric(type))
          .ifPresent(
              type ->
                  node.mistake(
                      TableKeys.MEASURES,
                      column,
                      "%s names %s, which must be a number but is %s in %s"
                          .formatted(node.pathOf("measures"), column, type.sql(), fact.from())));
      for (String name : measure.except()) {
        if (!summedOver.contains(name)) {
          node.mistake(
              TableKeys.MEASURES,
              column,
              "%s: %s is additive except over %s, which is neither date nor a dimension or role of"
                      .formatted(node.pathOf("measures"), column, name)
                  + " this fact"
                  + Suggestion.orList(name, summedOver, "there are"));
        }
      }
      if (fact.degenerate().contains(column)) {
        node.mistake(
            TableKeys.DEGENERATE,
            column,
            "%s names %s, which is a measure already".formatted(node.pathOf("degenerate"), column));
      }
    }
  }
}
