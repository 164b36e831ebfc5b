package io.sluice.lake;

import io.sluice.config.GoldTable;
import io.sluice.config.SilverTable;
import io.sluice.config.Source;
import java.util.List;

/**
 * Hashes of what shapes a table's rows. Descriptions, owners, gates, limits and deadlines shape
 * none and are left out.
 */
public final class Definitions {
  private Definitions() {}

  /**
   * Of everything that decides whether a file of the source is accepted and how its rows are read.
   */
  public static String contract(Source source) {
    return Hashes.definition(
        rows(source) + source.sheet() + source.headerWithin() + source.drift() + source.files());
  }

  /** Of a silver table: its contract and its rules. */
  public static String silver(SilverTable table, Source source) {
    return Hashes.definition(
        List.of(
                rows(source),
                table.key().toString(),
                table.partitionByDate().toString(),
                table.duplicates().toString(),
                table.rules().toString())
            .toString());
  }

  /** Of a gold table: its shape, which for a SQL model holds the text of the SELECT. */
  public static String gold(GoldTable table) {
    return Hashes.definition(shape(table) + table.partitionByDate());
  }

  private static String shape(GoldTable table) {
    if (table.shape() instanceof GoldTable.SqlModel model) {
      return model.sql().strip() + model.date() + model.readsDaysBack();
    }
    return table.shape().toString();
  }

  private static String rows(Source source) {
    StringBuilder text = new StringBuilder();
    source.above().forEach(cell -> text.append(cell.label()).append(cell.extract()));
    source
        .contractColumns()
        .forEach(
            column ->
                text.append(column.name())
                    .append(column.headers())
                    .append(column.type().sql())
                    .append(column.required())
                    .append(column.formats())
                    .append(column.nullTexts())
                    .append(column.pattern())
                    .append(column.allowed())
                    .append(column.scaleExcess())
                    .append(column.blanks())
                    .append('\n'));
    return text.append(source.end()).append(source.slice()).append(source.order()).toString();
  }
}
