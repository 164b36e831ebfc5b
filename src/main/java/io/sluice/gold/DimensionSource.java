package io.sluice.gold;

import io.sluice.config.GoldTable;
import io.sluice.config.Lookup;
import io.sluice.config.Pipeline;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A silver table that knows members of a dimension.
 *
 * @param name what the table of changes calls it: the silver table; behind a dot the date column of
 *     the facts where it only refers to members; and behind another the columns by which it does,
 *     where they are not called as the key is
 * @param table the silver table
 * @param key its columns that hold the dimension's business key, in that order
 * @param date the column that says when
 * @param declared whether the dimension is declared to be made from it, and takes its attributes
 */
record DimensionSource(String name, String table, List<String> key, String date, boolean declared) {

  /** The declared ones in their order, then those of facts that say something beside them. */
  static List<DimensionSource> of(Pipeline pipeline, String dimension) {
    GoldTable.Dimension shape = (GoldTable.Dimension) pipeline.gold().get(dimension).shape();
    List<DimensionSource> sources = new ArrayList<>();
    shape
        .from()
        .forEach(
            each -> sources.add(new DimensionSource(each, each, shape.key(), shape.asOf(), true)));
    Set<DimensionSource> referring = new LinkedHashSet<>();
    facts(pipeline, dimension).forEach(fact -> referring.addAll(of(dimension, shape, fact)));
    referring.stream().filter(each -> !each.declared()).forEach(sources::add);
    return List.copyOf(sources);
  }

  /** The sources in which a fact's references stand, one for each of its roles. */
  static Set<DimensionSource> of(String name, GoldTable.Dimension dimension, GoldTable.Fact fact) {
    Set<DimensionSource> sources = new LinkedHashSet<>();
    for (Lookup lookup : fact.lookups()) {
      if (lookup.dimension().equals(name)) {
        sources.add(of(dimension, fact, lookup.columns(dimension.key())));
      }
    }
    return sources;
  }

  private static DimensionSource of(
      GoldTable.Dimension dimension, GoldTable.Fact fact, List<String> key) {
    String table = fact.from();
    String date = fact.date();
    if (!key.equals(dimension.key())) {
      String name = table + "." + date + "." + String.join(".", key);
      return new DimensionSource(name, table, key, date, false);
    }
    return dimension.from().contains(table) && dimension.asOf().equals(date)
        ? new DimensionSource(table, table, key, date, true)
        : new DimensionSource(table + "." + date, table, key, date, false);
  }

  /** The facts that refer to a dimension. */
  static List<GoldTable.Fact> facts(Pipeline pipeline, String dimension) {
    List<GoldTable.Fact> facts = new ArrayList<>();
    for (GoldTable other : pipeline.gold().values()) {
      if (other.shape() instanceof GoldTable.Fact fact && fact.dimensions().contains(dimension)) {
        facts.add(fact);
      }
    }
    return facts;
  }
}
