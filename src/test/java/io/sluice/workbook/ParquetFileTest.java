package io.sluice.workbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.sluice.config.AboveCell;
import io.sluice.config.ColumnType;
import io.sluice.config.PathValue;
import io.sluice.config.Source;
import io.sluice.error.Reason;
import io.sluice.error.SluiceException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.NanoTime;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParquetFileTest {
  private static final MessageType TYPES =
      MessageTypeParser.parseMessageType(
          """
          message m {
            required binary ID (UTF8);
            optional boolean flag;
            optional int32 small;
            optional int32 day (DATE);
            optional int32 price (DECIMAL(9,2));
            optional int64 big;
            optional int64 amount (DECIMAL(18,4));
            optional int64 local (TIMESTAMP(MICROS,false));
            optional int64 instant (TIMESTAMP(MILLIS,true));
            optional int64 unsigned (INTEGER(64,false));
            optional int32 time (TIME(MILLIS,false));
            optional float single;
            optional double twice;
            optional fixed_len_byte_array(16) long_amount (DECIMAL(38,10));
            optional binary free;
            optional int96 old;
            repeated int32 many;
            optional group nested { optional int32 x; }
          }
          """);

  private static final Source USUAL = Sources.of(Books.COLUMNS).build();

  @TempDir Path folder;

  @Test
  void valuesAreWhatAWorkbooksCellsWouldHold() throws IOException {
    Path file =
        write(
            TYPES,
            group -> {
              group.append("ID", "007").append("flag", true).append("small", -5);
              group.append("day", (int) LocalDate.of(2024, 1, 15).toEpochDay());
              group.append("price", 1200).append("big", Long.MIN_VALUE);
              group.append("amount", -12345L).append("local", 1_705_314_600_000_000L);
              group.append("instant", 1_705_314_600_000L).append("unsigned", -1L);
              group.append("time", 3_661_000).append("single", 0.1f).append("twice", 1e-7);
              group.add("long_amount", fixed(new BigDecimal("-12345678901234567890.5000000000")));
              group.append("free", "=A1").append("many", 1).append("many", 2);
              group.add("old", new NanoTime(2_460_325, 37_800_000_000_000L));
              group.addGroup("nested").append("x", 1);
            },
            group -> group.append("ID", "008").append("twice", Double.NEGATIVE_INFINITY));

    assertThat(cells(file))
        .containsExactly(
            "1: s ID|s flag|s small|s day|s price|s big|s amount|s local|s instant|s unsigned|s time"
                + "|s single|s twice|s long_amount|s free|s old|s many|s nested",
            "2: s 007|b TRUE|x -5|d 2024-01-15|x 12|x -9223372036854775808|x -1.2345"
                + "|d 2024-01-15T10:30:00|s 2024-01-15T10:30:00Z|x 18446744073709551615|s 01:01:01"
                + "|n 0.1|n 0.0000001|x -12345678901234567890.5|s =A1|s 2024-01-15T10:30:00Z"
                + "|e #NESTED|e #NESTED",
            "3: s 008|e #NUM!");
  }

  @Test
  void aColumnStandsForACellAboveTheTableIfItHoldsOneValue() throws IOException {
    MessageType type =
        MessageTypeParser.parseMessageType(
            "message m { required binary ID (UTF8); required int32 as_of (DATE);"
                + " required double value; required binary note (UTF8); }");
    Source source =
        Sources.of(Books.COLUMNS)
            .above(
                Sources.above("day", ColumnType.Kind.DATE, "As of:", ""),
                new AboveCell(Sources.text("note", "x"), "", "", "C2"))
            .build();
    Path file = write(type, row("a", 1, "n"), row("b", 1, "n"));
    try (WorkbookTable table = Books.open(file, source)) {
      assertThat(Books.rows(table))
          .containsExactly("parquet!5: 1970-01-02|n|a|1", "parquet!6: 1970-01-02|n|b|1");
      assertThat(table.notes()).isEmpty();
    }

    SluiceException refusal =
        Books.refusal(write(type, row("a", 1, "n"), row("b", 2, "n")), source);
    assertThat(refusal.reason()).isEqualTo(Reason.ABOVE_INVALID);
    assertThat(refusal.why()).contains("row 2 of the file");
    assertThat(Books.refusal(write(type), source).reason()).isEqualTo(Reason.ABOVE_MISSING);
  }

  @Test
  void aDecimalIsNeverRoundedAsIfItWereADouble() throws IOException {
    MessageType type =
        MessageTypeParser.parseMessageType(
            "message m { required binary ID (UTF8); required int64 value (DECIMAL(18,4)); }");
    Path file =
        write(type, group -> group.append("ID", "a").append("value", 123_456_789_012_345_678L));

    assertThat(cells(file)).contains("2: s a|x 12345678901234.5678");
  }

  @Test
  void bytesAreATextOnlyIfTheyAreOne() throws IOException {
    MessageType type =
        MessageTypeParser.parseMessageType(
            """
            message m {
              optional fixed_len_byte_array(16) id (UUID);
              optional binary plain;
              optional binary word (ENUM);
              optional binary tree (JSON);
              optional binary bytes;
              optional binary text (UTF8);
              optional binary document (BSON);
              optional fixed_len_byte_array(12) time (INTERVAL);
            }
            """);
    Binary odd = Binary.fromConstantByteArray(new byte[] {'a', (byte) 0xff});
    byte[] id = HexFormat.of().parseHex("00112233445566778899aabbccddeeff");
    Path file =
        write(
            type,
            group -> {
              group.add("id", Binary.fromConstantByteArray(id));
              group.append("plain", "\u00fc\uFFFD").append("word", "UP").append("tree", "{}");
              group.add("bytes", odd);
              group.add("text", odd);
              group.append("document", "x");
              group.add("time", Binary.fromConstantByteArray(new byte[12]));
            });

    assertThat(cells(file).get(1))
        .isEqualTo(
            "2: s 00112233-4455-6677-8899-aabbccddeeff|s \u00fc\uFFFD|s UP|s {}"
                + "|e #BINARY|e #BINARY|e #BINARY|e #BINARY");
  }

  @ParameterizedTest
  @CsvSource({
    "8.5899346E9f, 8589935000",
    "0.1f, 0.1",
    "-3.4028235E38f, -340282350000000000000000000000000000000",
    "1.4E-45f, 0.000000000000000000000000000000000000000000001",
    "16777216f, 16777216",
    "0f, 0",
    "1.17549435E-38f, 0.000000000000000000000000000000000000011754944"
  })
  void aFloatIsTheShortestDecimalThatDenotesIt(float value, String shortest) {
    assertThat(StoredNumber.plain(value)).isEqualTo(shortest);
    assertThat(Float.parseFloat(shortest)).isEqualTo(value);
  }

  @Test
  void aColumnMustSayTheSameAsThePath() throws IOException {
    MessageType type =
        MessageTypeParser.parseMessageType(
            "message m { required binary ID (UTF8); required int32 as_of_date (DATE); }");
    int day = (int) LocalDate.of(2024, 1, 16).toEpochDay();
    Path file = write(type, group -> group.append("ID", "a").append("as_of_date", day));
    Source source =
        Sources.of(List.of(Sources.text("id", "ID")))
            .above(Sources.above("as_of_date", ColumnType.Kind.DATE, "", ""))
            .paths(new PathValue("as_of_date", "hive"))
            .build();

    assertThat(rows(file, "in/year=2024/month=01/day=16/x.parquet", source))
        .containsExactly("parquet!3: 2024-01-16|a");
    SluiceException refusal =
        catchThrowableOfType(
            SluiceException.class,
            () -> rows(file, "in/year=2024/month=01/day=15/x.parquet", source));
    assertThat(refusal.reason()).isEqualTo(Reason.DATE_DISAGREES);

    Path without =
        write(
            MessageTypeParser.parseMessageType("message m { required binary ID (UTF8); }"),
            row -> row.append("ID", "a"));
    SluiceException missing =
        catchThrowableOfType(SluiceException.class, () -> rows(without, "in/x.parquet", source));
    assertThat(missing.reason()).isEqualTo(Reason.ABOVE_MISSING);
    assertThat(missing.problem())
        .endsWith("'as_of_date', or a path of the declared form, (gives as_of_date)");
  }

  @Test
  void theHeaderIsOneRowWhateverThatOfTheWorkbooksIs() throws IOException {
    MessageType type =
        MessageTypeParser.parseMessageType(
            "message m { required binary ID (UTF8); required double value; }");
    Path file =
        write(
            type,
            group -> group.append("ID", "a").append("value", 1.0),
            group -> group.append("ID", "b").append("value", 2.0));

    assertThat(Books.rows(file, Books.source(Books.header(0, 2))))
        .containsExactly("parquet!2: a|1", "parquet!3: b|2");
  }

  @Test
  void aColumnThatTheContractNamesIsNoCellAboveTheTable() throws IOException {
    MessageType type =
        MessageTypeParser.parseMessageType(
            "message m { required binary Portfolio (UTF8); required binary portfolio_name (UTF8); }");
    Path file =
        write(type, row -> row.append("Portfolio", "P1").append("portfolio_name", "Growth"));
    Source source =
        Sources.of(List.of(Sources.text("portfolio_id", "Portfolio")))
            .above(Sources.above("portfolio_name", ColumnType.Kind.STRING, "Portfolio", ""))
            .build();

    assertThat(Books.rows(file, source)).containsExactly("parquet!3: Growth|P1");
  }

  @Test
  void aFileOfMoreTextThanIsAllowedIsNotReadToItsEnd() throws IOException {
    MessageType type =
        MessageTypeParser.parseMessageType("message m { required binary ID (UTF8); }");
    String text = "x".repeat(1_000);
    List<Consumer<Group>> rows = Collections.nCopies(2_000, row -> row.append("ID", text));
    Path file = write(type, rows);
    Failures failures = new Failures("in");

    assertThat(rowsOf(file, 2_002_000)).isEqualTo(2_000);
    SluiceException refusal =
        catchThrowableOfType(
            SluiceException.class, () -> failures.guard("", () -> rowsOf(file, 1_999_999)));
    assertThat(refusal.reason()).isEqualTo(Reason.WORKBOOK_UNSAFE);
    assertThat(refusal.why()).contains("limits.unpacked-bytes");
  }

  @Test
  void aFileWithoutRowsIsEmptyAndOneWithoutItsEndIsUnreadable() throws IOException {
    MessageType type =
        MessageTypeParser.parseMessageType(
            "message m { required binary ID (UTF8); required double value; }");
    Path none = write(type);
    try (WorkbookTable table = Books.open(none, USUAL)) {
      assertThat(Books.rows(table)).isEmpty();
      assertThat(catchThrowableOfType(SluiceException.class, table::requireRows).reason())
          .isEqualTo(Reason.EMPTY);
    }
    byte[] whole = Files.readAllBytes(none);
    Path cut = Files.write(folder.resolve("cut"), Arrays.copyOf(whole, whole.length - 9));
    assertThat(Books.refusal(cut, USUAL).reason()).isEqualTo(Reason.FILE_UNREADABLE);
  }

  @Test
  void damagedFilesAreReadOrRefused() throws IOException {
    byte[] whole =
        Files.readAllBytes(
            write(
                TYPES,
                group -> group.append("ID", "a").append("twice", 1.5).append("free", "x"),
                group -> group.append("ID", "b").append("big", 5L)));
    Set<Reason> ofFiles = EnumSet.range(Reason.FILE_UNREADABLE, Reason.EMPTY);
    Map<String, Integer> outcomes = new TreeMap<>();
    for (int i = 0; i < 500; i++) {
      Random random = new Random(i);
      byte[] mutant = whole.clone();
      for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
        mutant[4 + random.nextInt(mutant.length - 8)] = (byte) random.nextInt();
      }
      Path file = Files.write(folder.resolve("mutant"), mutant);
      String outcome =
          assertTimeoutPreemptively(
              Duration.ofSeconds(20),
              () -> {
                try {
                  cells(file);
                  return "read";
                } catch (SluiceException refusal) {
                  assertThat(refusal.reason()).isIn(ofFiles);
                  return refusal.reason().name();
                }
              },
              "mutant " + i);
      outcomes.merge(outcome, 1, Integer::sum);
    }
    assertThat(outcomes).containsKeys("read", "FILE_UNREADABLE");
  }

  private static Consumer<Group> row(String id, int day, String note) {
    return group ->
        group.append("ID", id).append("as_of", day).append("value", 1.0).append("note", note);
  }

  private static Binary fixed(BigDecimal value) {
    byte[] bytes = new byte[16];
    byte[] unscaled = value.unscaledValue().toByteArray();
    Arrays.fill(bytes, (byte) (value.signum() < 0 ? -1 : 0));
    System.arraycopy(unscaled, 0, bytes, 16 - unscaled.length, unscaled.length);
    assertThat(new BigInteger(bytes)).isEqualTo(value.unscaledValue());
    return Binary.fromConstantByteArray(bytes);
  }

  private static List<String> rows(Path file, String path, Source source) {
    try (WorkbookTable table = WorkbookTable.open(file, path, source)) {
      return Books.rows(table);
    }
  }

  /** Number of rows under the header. */
  private static int rowsOf(Path file, long mostBytes) throws IOException {
    Opening opening = new Opening(mostBytes, 100, null);
    try (SheetReader reader = new ParquetFile(file, "in", opening).read(0)) {
      int rows = -1;
      while (reader.next() != null) {
        rows++;
      }
      return rows;
    }
  }

  @SafeVarargs
  private Path write(MessageType type, Consumer<Group>... rows) throws IOException {
    List<Consumer<Group>> all = new ArrayList<>();
    for (Consumer<Group> row : rows) {
      all.add(row);
    }
    return write(type, all);
  }

  private Path write(MessageType type, List<Consumer<Group>> rows) throws IOException {
    Path file = folder.resolve("in.parquet");
    Files.deleteIfExists(file);
    try (ParquetWriter<Group> writer =
        ExampleParquetWriter.builder(new org.apache.hadoop.fs.Path(file.toUri()))
            .withType(type)
            .build()) {
      for (Consumer<Group> row : rows) {
        Group group = new SimpleGroup(type);
        row.accept(group);
        writer.write(group);
      }
    }
    return file;
  }

  /** Each row as {@code 2: s text|n 1}. */
  private static List<String> cells(Path file) {
    Failures failures = new Failures("in/" + file.getFileName());
    List<String> rows = new ArrayList<>();
    WorkbookFile parquet = new WorkbookOpener("in/" + file.getFileName()).open(file);
    SheetReader reader = failures.guard("", () -> parquet.read(0));
    try (reader) {
      for (SheetRow row = failures.guard("", reader::next);
          row != null;
          row = failures.guard("", reader::next)) {
        StringBuilder text = new StringBuilder(row.number() + ": ");
        for (int i = 0; i < row.width(); i++) {
          if (row.has(i)) {
            text.append(text.toString().endsWith(": ") ? "" : "|");
            text.append(row.kind(i)).append(' ').append(row.text(i));
          }
        }
        rows.add(text.toString());
      }
    } catch (IOException closing) {
      throw new UncheckedIOException(closing);
    }
    return rows;
  }
}
