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
 * @param key its columns for the dimension's key, in that order
 * @param date the column that says when
 * @param declared whether the dimension is declared to be made from it, and takes its attributes
 */
record DimensionSource(String name, String table, List<String> key, String date, boolean declared) {

  /** The declared ones in their order, then those of facts that say something beside them. */
  static List<DimensionSource> of(Pipeline pipeline, String dimension) {
    GoldTable.Dimension shape = (GoldTable.Dimension) pipeline.gold().get(dimension).shape();
    Set<DimensionSource> sources = new LinkedHashSet<>();
    shape.from().forEach(each -> sources.add(declared(shape, each)));
    facts(pipeline, dimension).forEach(fact -> sources.addAll(of(shape, fact)));
    return List.copyOf(sources);
  }

  /** Where a fact's references to a dimension stand. */
  static List<DimensionSource> of(GoldTable.Dimension dimension, GoldTable.Fact fact) {
    DimensionSource declared = declared(dimension, fact.from());
    DimensionSource referring =
        new DimensionSource(
            fact.from() + "." + fact.date(), fact.from(), dimension.key(), fact.date(), false);
    return List.of(
        dimension.from().contains(fact.from()) && referring.seesWhat(declared)
            ? declared
            : referring);
  }

  private static DimensionSource declared(GoldTable.Dimension dimension, String table) {
    return new DimensionSource(table, table, dimension.key(), dimension.asOf(), true);
  }

  private boolean seesWhat(DimensionSource other) {
    return key.equals(other.key) && date.equals(other.date);
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
