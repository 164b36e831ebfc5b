package io.sluice.silver;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.substring;

import io.sluice.config.Column;
import io.sluice.config.Source;
import io.sluice.contract.RowContract;
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
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Some columns of bronze rows under their contract, with file_id, sheet and sheet_row; nothing else
 * is read. A cell that does not fit is null.
 */
final class ConvertedColumns {
  private ConvertedColumns() {}

  static Dataset<Row> of(Dataset<Row> bronze, Source source, ZoneId zone, List<String> names) {
    List<Column> all = source.contractColumns();
    List<Column> columns = new ArrayList<>();
    List<org.apache.spark.sql.Column> kinds = new ArrayList<>();
    StructType schema = new StructType();
    for (String name : names) {
      int index = all.stream().map(Column::name).toList().indexOf(name);
      columns.add(all.get(index));
      kinds.add(substring(col(BronzeTable.KINDS), index + 1, 1));
      schema = schema.add(name, ConvertedRows.sparkType(all.get(index).type()));
    }
    List<org.apache.spark.sql.Column> needed = new ArrayList<>();
    names.forEach(name -> needed.add(col(name)));
    needed.add(concat(kinds.toArray(org.apache.spark.sql.Column[]::new)).as(BronzeTable.KINDS));
    List.of(BronzeTable.FILE_ID, BronzeTable.SHEET, BronzeTable.SHEET_ROW)
        .forEach(place -> needed.add(col(place)));
    schema =
        schema
            .add(BronzeTable.FILE_ID, DataTypes.StringType)
            .add(BronzeTable.SHEET, DataTypes.StringType)
            .add(BronzeTable.SHEET_ROW, DataTypes.IntegerType);
    return bronze
        .select(needed.toArray(org.apache.spark.sql.Column[]::new))
        .map(new Convert(columns, zone), Encoders.row(schema));
  }

  private static final class Convert implements MapFunction<Row, Row> {
    private static final long serialVersionUID = 1L;

    private final RowContract contract;
    private final int width;

    Convert(List<Column> columns, ZoneId zone) {
      this.contract = new RowContract(columns, zone);
      this.width = columns.size();
    }

    @Override
    public Row call(Row bronze) {
      String[] texts = new String[width];
      for (int i = 0; i < width; i++) {
        texts[i] = bronze.getString(i);
      }
      Object[] values =
          Arrays.copyOf(contract.convert(texts, bronze.getString(width)).values(), width + 3);
      for (int i = 0; i < 3; i++) {
        values[width + i] = bronze.get(width + 1 + i);
      }
      return RowFactory.create(values);
    }
  }
}
