package io.sluice.gold;

import io.sluice.config.GoldTable;
import io.sluice.config.Pipeline;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A silver table that knows members of a dimension.
 *
 * @param name what the table of changes calls it: the silver table, and behind a dot the date
 *     column of the facts where it only refers to members
 * @param table the silver table
 * @param date the column that says when
 * @param declared whether the dimension is declared to be made from it, and takes its attributes
 */
record DimensionSource(String name, String table, String date, boolean declared) {

  /** The declared ones in their order, then those of facts that say something beside them. */
  static List<DimensionSource> of(Pipeline pipeline, String dimension) {
    GoldTable.Dimension shape = (GoldTable.Dimension) pipeline.gold().get(dimension).shape();
    List<DimensionSource> sources = new ArrayList<>();
    shape.from().forEach(each -> sources.add(new DimensionSource(each, each, shape.asOf(), true)));
    Set<DimensionSource> referring = new LinkedHashSet<>();
    facts(pipeline, dimension).forEach(fact -> referring.add(of(shape, fact)));
    referring.stream().filter(each -> !each.declared()).forEach(sources::add);
    return List.copyOf(sources);
  }

  /** The source in which a fact's references stand. */
  static DimensionSource of(GoldTable.Dimension dimension, GoldTable.Fact fact) {
    String table = fact.from();
    return dimension.from().contains(table) && dimension.asOf().equals(fact.date())
        ? new DimensionSource(table, table, fact.date(), true)
        : new DimensionSource(table + "." + fact.date(), table, fact.date(), false);
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
