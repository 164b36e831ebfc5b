package io.sluice.bronze;

import io.sluice.config.Column;
import io.sluice.config.Source;
import io.sluice.workbook.HeaderNames;
import io.sluice.workbook.SheetTexts;
import io.sluice.workbook.StoredNumber;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The texts of sheets as the library spark-excel gives them. As text it gives what a number format
 * shows, rounded; the stored value of a number it gives only as a double. So the contract's numbers
 * are read a second time, as doubles, and the first reading serves where that finds no number.
 */
final class SparkExcel implements SheetTexts {
  private static final String FORMAT = "com.crealytics.spark.excel";

  /** No number, so that a row with it is rejected: spark-excel does not tell which error. */
  private static final String ERROR = "#ERROR";

  private final SparkSession spark;
  private final Source source;

  SparkExcel(SparkSession spark, Source source) {
    this.spark = spark;
    this.source = source;
  }

  @Override
  public Iterator<String[]> rows(Path workbook, String sheet) throws IOException {
    if (sheet.matches("\\d+")) {
      throw new IOException(
          "spark-excel takes the sheet name " + sheet + " for a position; give it a name in words");
    }
    String uri = workbook.toUri().toString();
    Dataset<Row> texts = reader(sheet).load(uri);
    List<Row> shown = texts.collectAsList();
    int[] numbers = shown.isEmpty() ? new int[0] : numbers(shown.get(0));
    if (numbers.length == 0) {
      return shown.stream().map(SparkExcel::texts).iterator();
    }
    List<Row> stored = doubles(texts.schema(), numbers, sheet, uri).collectAsList();
    if (stored.size() != shown.size()) {
      throw new IOException(
          "spark-excel leaves "
              + (shown.size() - stored.size())
              + " of its rows out, for true, false or an error in a column of numbers");
    }
    return new Iterator<>() {
      private int next;

      @Override
      public boolean hasNext() {
        return next < shown.size();
      }

      @Override
      public String[] next() {
        String[] row = texts(shown.get(next));
        Row values = stored.get(next++);
        for (int i = 0; i < numbers.length; i++) {
          if (!values.isNullAt(i)) {
            row[numbers[i]] = number(values.getDouble(i), row[numbers[i]]);
          }
        }
        return row;
      }
    };
  }

  /**
   * @param shown null where spark-excel sees nothing; but for it a blank cell is no double either
   */
  private static String number(double stored, String shown) {
    if (shown == null) {
      return ERROR;
    }
    return Double.isFinite(stored) ? StoredNumber.plain(stored) : shown;
  }

  private DataFrameReader reader(String sheet) {
    return spark
        .read()
        .format(FORMAT)
        .option("header", "false")
        .option("inferSchema", "false")
        .option("usePlainNumberFormat", "true")
        .option("dataAddress", "'" + sheet.replace("'", "''") + "'!A1");
  }

  private Dataset<Row> doubles(StructType texts, int[] numbers, String sheet, String uri) {
    StructField[] fields = texts.fields().clone();
    org.apache.spark.sql.Column[] wanted = new org.apache.spark.sql.Column[numbers.length];
    for (int i = 0; i < numbers.length; i++) {
      String name = fields[numbers[i]].name();
      fields[numbers[i]] = field(name, DataTypes.DoubleType);
      wanted[i] = org.apache.spark.sql.functions.col(name);
    }
    return reader(sheet)
        .option("setErrorCellsToFallbackValues", "true")
        .schema(new StructType(fields))
        .load(uri)
        .select(wanted);
  }

  private static StructField field(String name, DataType type) {
    return DataTypes.createStructField(name, type, true);
  }

  /** Positions of the contract's numbers under this header. */
  private int[] numbers(Row header) {
    List<Integer> numbers = new ArrayList<>();
    for (int i = 0; i < header.size(); i++) {
      if (HeaderNames.column(source, header.getString(i)).filter(SparkExcel::number).isPresent()) {
        numbers.add(i);
      }
    }
    return numbers.stream().mapToInt(Integer::intValue).toArray();
  }

  private static boolean number(Column column) {
    return switch (column.type().kind()) {
      case DECIMAL, INTEGER, LONG -> true;
      case STRING, DATE, TIMESTAMP, BOOLEAN -> false;
    };
  }

  private static String[] texts(Row row) {
    String[] texts = new String[row.size()];
    for (int i = 0; i < texts.length; i++) {
      texts[i] = row.getString(i);
    }
    return texts;
  }
}
