package io.sluice.silver;

import io.sluice.config.Column;
import io.sluice.config.ColumnType;
import io.sluice.config.Source;
import io.sluice.contract.ConvertedRow;
import io.sluice.contract.RowContract;
import io.sluice.contract.SliceText;
import io.sluice.contract.Violation;
import io.sluice.lake.BronzeTable;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Bronze rows under their contract: the typed contract columns, then those added for headers that
 * it does not name, slice, violations, file_id, sheet, sheet_row, adjustments, and what the cells
 * of columns that refer to other tables hold. A column whose cell does not fit is null and has a
 * violation; the last two are null where there is none.
 */
final class ConvertedRows {
  static final String SLICE = "_slice";
  static final String VIOLATIONS = "_violations";
  static final String SHEET = "_sheet";
  static final String ADJUSTMENTS = "_adjustments";
  static final String REFERRING = "_referring";

  static final StructType VIOLATION =
      new StructType()
          .add("column_name", DataTypes.StringType)
          .add("reason", DataTypes.StringType)
          .add("rule", DataTypes.StringType)
          .add("raw", DataTypes.StringType)
          .add("cell", DataTypes.StringType)
          .add("message", DataTypes.StringType);

  static final StructType ADJUSTMENT =
      new StructType()
          .add("column_name", DataTypes.StringType)
          .add("how", DataTypes.StringType)
          .add("difference", DataTypes.StringType);

  private static final StructType CELL =
      new StructType().add("raw", DataTypes.StringType).add("cell", DataTypes.StringType);

  private ConvertedRows() {}

  static Dataset<Row> of(Dataset<Row> bronze, SilverLayout layout, ZoneId zone) {
    return bronze.map(
        new Convert(layout, zone), Encoders.row(schema(layout.source(), layout.added())));
  }

  static StructType schema(Source source, List<String> added) {
    StructType schema = new StructType();
    for (Column column : source.contractColumns()) {
      schema = schema.add(column.name(), sparkType(column.type()));
    }
    for (String name : added) {
      schema = schema.add(name, DataTypes.StringType);
    }
    return schema
        .add(SLICE, DataTypes.StringType)
        .add(VIOLATIONS, DataTypes.createArrayType(VIOLATION))
        .add(BronzeTable.FILE_ID, DataTypes.StringType)
        .add(SHEET, DataTypes.StringType)
        .add(BronzeTable.SHEET_ROW, DataTypes.IntegerType)
        .add(ADJUSTMENTS, DataTypes.createArrayType(ADJUSTMENT))
        .add(REFERRING, DataTypes.createArrayType(CELL));
  }

  static DataType sparkType(ColumnType type) {
    return switch (type.kind()) {
      case STRING -> DataTypes.StringType;
      case INTEGER -> DataTypes.IntegerType;
      case LONG -> DataTypes.LongType;
      case DECIMAL -> DataTypes.createDecimalType(type.precision(), type.scale());
      case DATE -> DataTypes.DateType;
      case TIMESTAMP -> DataTypes.TimestampType;
      case BOOLEAN -> DataTypes.BooleanType;
    };
  }

  private static final class Convert implements MapFunction<Row, Row> {
    private static final long serialVersionUID = 1L;

    private final RowContract contract;
    private final String[] names;
    private final List<String> slice;
    private final int[] sliceColumns;
    private final UnknownTexts unknown;
    private final int[] referring;

    Convert(SilverLayout layout, ZoneId zone) {
      Source source = layout.source();
      List<Column> columns = source.contractColumns();
      this.contract = new RowContract(columns, zone);
      this.names = columns.stream().map(Column::name).toArray(String[]::new);
      this.unknown = new UnknownTexts(source, layout.added());
      this.slice = new ArrayList<>(source.slice());
      this.sliceColumns = slice.stream().mapToInt(Arrays.asList(names)::indexOf).toArray();
      this.referring =
          ReferenceChecks.columnsThatRefer(layout.table()).stream()
              .mapToInt(Arrays.asList(names)::indexOf)
              .toArray();
    }

    @Override
    public Row call(Row bronze) {
      int width = names.length;
      String[] texts = new String[width];
      for (int i = 0; i < width; i++) {
        texts[i] = bronze.getString(i);
      }
      String fileId = bronze.getAs(BronzeTable.FILE_ID);
      int sheetRow = bronze.<Integer>getAs(BronzeTable.SHEET_ROW);
      ConvertedRow converted = contract.convert(texts, bronze.getAs(BronzeTable.KINDS));
      String[] addresses = bronze.<String>getAs(BronzeTable.CELLS).split(",", -1);
      int next = width + unknown.width();
      Object[] values = Arrays.copyOf(converted.values(), next + 7);
      if (unknown.width() > 0) {
        unknown.put(bronze.getAs(BronzeTable.UNKNOWN_CELLS), values, width);
      }
      values[next++] = sliceOf(converted, fileId);
      values[next++] = violations(converted, addresses, sheetRow);
      values[next++] = fileId;
      values[next++] = bronze.getAs(BronzeTable.SHEET);
      values[next++] = sheetRow;
      values[next++] = adjustments(converted);
      values[next] = referring.length == 0 ? null : cells(texts, addresses, sheetRow);
      return RowFactory.create(values);
    }

    private Row[] cells(String[] texts, String[] addresses, int sheetRow) {
      return Arrays.stream(referring)
          .mapToObj(
              column ->
                  RowFactory.create(
                      texts[column] == null ? "" : texts[column],
                      Violation.cell(addresses[column], sheetRow)))
          .toArray(Row[]::new);
    }

    private Row[] adjustments(ConvertedRow row) {
      return row.adjustments().isEmpty()
          ? null
          : row.adjustments().stream()
              .map(
                  adjusted ->
                      RowFactory.create(
                          names[adjusted.column()],
                          adjusted.how().name(),
                          adjusted.difference().toString()))
              .toArray(Row[]::new);
    }

    private String sliceOf(ConvertedRow row, String fileId) {
      List<Object> named = new ArrayList<>();
      for (int column : sliceColumns) {
        if (row.values()[column] == null) {
          return SliceText.unknown(fileId);
        }
        named.add(row.values()[column]);
      }
      return SliceText.of(slice, named);
    }

    private Row[] violations(ConvertedRow row, String[] addresses, int sheetRow) {
      Row[] found = new Row[row.violations().size()];
      for (int i = 0; i < found.length; i++) {
        Violation violation = row.violations().get(i);
        found[i] =
            RowFactory.create(
                names[violation.column()],
                violation.reason().name(),
                violation.rule(),
                violation.raw(),
                violation.cell(addresses, sheetRow),
                violation.message());
      }
      return found;
    }
  }
}
