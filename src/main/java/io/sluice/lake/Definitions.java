package io.sluice.lake;

import io.sluice.config.Column;
import io.sluice.config.GoldTable;
import io.sluice.config.SilverTable;
import io.sluice.config.Source;
import java.util.ArrayList;
import java.util.List;

/**
 * Hashes of what shapes a table's rows. Descriptions, owners, gates, limits and deadlines shape
 * none and are left out.
 */
public final class Definitions {
  private Definitions() {}

  /**
   * Of everything that decides whether a file of the source is accepted and how its rows are read:
   * first of what its rows are, then of how they are found.
   */
  public static String contract(Source source) {
    return hash(rows(source), source.layout(), source.reader())
        + (source.empty() == Source.Empty.REFUSE
            ? hash(source.drift(), source.files())
            : hash(source.drift(), source.files(), source.empty()));
  }

  /** Whether rows that were read under one contract are what they would be under the other. */
  public static boolean sameRows(String contract, String other) {
    return rowsOf(contract).equals(rowsOf(other));
  }

  private static String rowsOf(String contract) {
    return contract.substring(0, Math.min(Hashes.DEFINITION_DIGITS, contract.length()));
  }

  /** Of a silver table: its contract and its rules. */
  public static String silver(SilverTable table, Source source) {
    return hash(
        rows(source),
        table.key(),
        table.partitionByDate(),
        table.duplicates(),
        table.rules().stream().map(rule -> List.of(rule.name(), rule.row())).toList());
  }

  /** Of a gold table: its shape, which for a SQL model holds the text of the SELECT. */
  public static String gold(GoldTable table) {
    return hash(shape(table), table.partitionByDate());
  }

  private static Object shape(GoldTable table) {
    return table.shape() instanceof GoldTable.SqlModel model
        ? List.of(model.sql().strip(), model.date(), model.readsDaysBack())
        : table.shape();
  }

  /** What a source does not declare is left out: what came later changes no older definition. */
  private static List<Object> rows(Source source) {
    List<Object> rows = new ArrayList<>(always(source));
    if (!source.paths().isEmpty()) {
      rows.add(source.paths().stream().map(path -> List.of(path.column(), path.form())).toList());
    }
    return rows;
  }

  private static List<Object> always(Source source) {
    return List.of(
        source.above().stream()
            .map(cell -> List.of(cell.label(), cell.extract(), cell.cell()))
            .toList(),
        source.contractColumns().stream().map(Definitions::column).toList(),
        source.end(),
        source.slice(),
        source.order());
  }

  private static List<Object> column(Column column) {
    return List.of(
        column.name(),
        column.headers(),
        column.type().sql(),
        column.required(),
        column.formats(),
        column.nullTexts(),
        column.pattern(),
        column.allowed(),
        column.scaleExcess(),
        column.blanks());
  }

  private static String hash(Object... parts) {
    StringBuilder text = new StringBuilder();
    append(text, List.of(parts));
    return Hashes.definition(text.toString());
  }

  /** Each text after its length, so that no two definitions run together into one text. */
  private static void append(StringBuilder text, Object part) {
    if (part instanceof List<?> list) {
      text.append('[');
      list.forEach(each -> append(text, each));
      text.append(']');
    } else {
      String written = part.toString();
      text.append(written.length()).append(':').append(written);
    }
  }
}
