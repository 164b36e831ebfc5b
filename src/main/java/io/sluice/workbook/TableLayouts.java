package io.sluice.workbook;

import io.sluice.config.Source;
import java.util.ArrayList;
import java.util.List;

/** Writes down where a contract's columns were found. */
final class TableLayouts {
  private TableLayouts() {}

  static TableLayout of(
      Source source,
      String sheet,
      SheetRow header,
      HeaderBinding binding,
      UnknownCells unknownCells,
      List<AboveValues.Value> above) {
    List<String> addresses = new ArrayList<>();
    List<String> headers = new ArrayList<>();
    List<String> texts = new ArrayList<>();
    StringBuilder kinds = new StringBuilder();
    for (AboveValues.Value value : above) {
      addresses.add(value.address());
      headers.add(value.label());
      texts.add(value.text() == null ? "" : value.text());
      kinds.append(value.kind().code());
    }
    boolean unknown = source.reader() == Source.Reader.SPARK_EXCEL;
    int[] positions = binding.positions();
    for (int i = 0; i < positions.length; i++) {
      boolean absent = positions[i] == HeaderBinding.ABSENT;
      addresses.add(absent || unknown ? "" : CellAddress.letters(positions[i]));
      headers.add(binding.text(i));
    }
    List<ColumnDrift> drift = new ArrayList<>(binding.drift());
    drift.addAll(unknownCells.drift());
    return new TableLayout(
        sheet,
        header.number(),
        addresses,
        headers,
        binding.warnings(),
        drift,
        unknownCells.headers(),
        texts,
        kinds.toString());
  }
}
