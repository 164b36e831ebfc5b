package io.sluice.config;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * The keys of sources: where workbooks of a kind are, how they look, and what their contract is.
 */
final class SourceKeys {
  static final Key<List<String>> HEADER =
      Key.optional(
          "header",
          Types.TEXTS,
          "Header texts that it may stand under, the preferred one first, compared without case;"
              + " without it, its name with blanks for _.");
  static final Key<ColumnType> TYPE =
      Key.required("type", DomainTypes.COLUMN_TYPE, "What its values are.");
  static final Key<Boolean> REQUIRED =
      Key.defaulted("required", Types.FLAG, "false", "Whether a row without it is rejected.");
  static final Key<List<String>> FORMAT =
      Key.defaulted(
          "format",
          Types.TEXTS,
          "[]",
          "Patterns of java.time (dd-MMM-yyyy) for dates and timestamps stored as text;"
              + " date cells and ISO texts are always understood.");
  static final Key<List<String>> NULL_TEXT =
      Key.defaulted(
          "null-text", Types.TEXTS, "[]", "Texts that stand for none; an empty cell always does.");
  static final Key<String> PATTERN =
      Key.defaulted(
          "pattern", Types.REGEX, "\"\"", "Regular expression that the whole text must match.");
  static final Key<List<String>> ALLOWED =
      Key.defaulted(
          "allowed", Types.TEXTS, "[]", "The only values allowed; none listed means any.");
  static final Key<Column.ScaleExcess> SCALE_EXCESS =
      Key.defaulted(
          "scale-excess",
          Types.oneOf(Column.ScaleExcess.class),
          "reject",
          "What happens to a number with more digits after the point than its type has.");
  static final Key<Column.Blanks> BLANKS =
      Key.defaulted(
          "blanks",
          Types.oneOf(Column.Blanks.class),
          "keep",
          "Whether text stays as stored, or is trimmed and runs of blanks become one.");
  static final Key<NumberText> NUMBER =
      Key.defaulted(
          "number",
          ValueTypes.NUMBER_EXAMPLE,
          "\"1,234.56\"",
          "How a number stored as text is written, shown by 1234.56 written that way; a number"
              + " stored as a number is never read by it.");
  static final Key<Boolean> PERCENT =
      Key.defaulted(
          "percent",
          Types.FLAG,
          "false",
          "Whether numbers stored as text are percentages: \"12.5%\" is 0.125, and a text without"
              + " the sign is rejected.");
  static final Key<Boolean> TRAILING_MINUS =
      Key.defaulted(
          "trailing-minus",
          Types.FLAG,
          "false",
          "Whether a number stored as text may have its minus at the end, as in 12.50-.");
  static final Key<List<String>> SYMBOLS =
      Key.defaulted(
          "symbols",
          ValueTypes.SYMBOLS,
          "[]",
          "Currency symbols and units, one of which may stand before or after the digits of a"
              + " number stored as text.");
  static final Key<String> MIN =
      Key.optional(
          "min", Types.TEXT, "The least value allowed, of a number or a date; itself allowed.");
  static final Key<String> MAX =
      Key.optional(
          "max", Types.TEXT, "The greatest value allowed, of a number or a date; itself allowed.");
  static final Key<Integer> MIN_LENGTH =
      Key.optional(
          "min-length",
          Types.whole(1, Integer.MAX_VALUE),
          "The fewest characters that a text may have; a blank cell is none.");
  static final Key<Integer> MAX_LENGTH =
      Key.optional(
          "max-length",
          Types.whole(1, Integer.MAX_VALUE),
          "The most characters that a text may have.");
  static final Key<Sensitive> SENSITIVE =
      Key.optional(
          "sensitive",
          ValueTypes.SENSITIVE,
          "For what must not be kept as it is, and appears nowhere: drop never reads the column;"
              + " { keyed-hash = \"env:NAME\" } or \"file:/path\" keeps the HMAC-SHA-256 of each text"
              + " under that secret, which may be a key but has no other rules than required,"
              + " null-text and blanks.");
  private static final List<Key<?>> VALUE_KEYS =
      List.of(
          FORMAT,
          NULL_TEXT,
          PATTERN,
          ALLOWED,
          NUMBER,
          PERCENT,
          TRAILING_MINUS,
          SYMBOLS,
          MIN,
          MAX,
          MIN_LENGTH,
          MAX_LENGTH,
          SCALE_EXCESS,
          BLANKS,
          SENSITIVE);
  static final Key<String> MUST_AGREE =
      Key.optional(
          "path",
          LayoutTypes.PATH,
          "Where the path of the file says the same; a row that says something else refuses the"
              + " file.");
  static final Section COLUMNS =
      Section.named(
          "columns",
          "column",
          "The columns of the table in the sheet, found by header, never by position.",
          withValueKeys(HEADER, PlaceKeys.DESCRIPTION, TYPE, REQUIRED, MUST_AGREE));

  static final Key<String> LABEL =
      Key.defaulted(
          "label",
          Types.TEXT,
          "\"\"",
          "Text of the cell left of the value, compared without case, blanks and closing colon.");
  static final Key<String> CELL =
      Key.optional(
          "cell", LayoutTypes.ADDRESS, "Address of the value, where it has no label to go by.");
  static final Key<String> PATH =
      Key.optional(
          "path",
          LayoutTypes.PATH,
          "Where the path of the file says it: hive for year=2024/month=01/day=15/, date for that and"
              + " 2024-01-15, or a regular expression; with label or cell, both must agree.");
  static final Key<String> EXTRACT =
      Key.defaulted(
          "extract",
          Types.REGEX,
          "\"\"",
          "Regular expression whose first group is the value; empty for the whole text.");
  static final Key<Boolean> ABOVE_REQUIRED =
      Key.defaulted("required", Types.FLAG, "true", "Whether a file without it is refused.");
  static final Section ABOVE =
      Section.named(
          "above",
          "above",
          "Values that stand once over the table and hold for all of its rows.",
          withValueKeys(LABEL, CELL, PATH, EXTRACT, PlaceKeys.DESCRIPTION, TYPE, ABOVE_REQUIRED));

  private static final Type<Drift.Policy> POLICY =
      Types.oneOf(List.of(Drift.Policy.FAIL, Drift.Policy.WARN));
  static final Key<Drift.Policy> UNKNOWN =
      Key.defaulted(
          "unknown",
          Types.oneOf(Drift.Policy.class),
          "warn",
          "A header that the contract does not know; add-nullable keeps its cells and adds a column"
              + " for their texts to the silver tables of the source.");
  static final Key<Drift.Policy> MISSING =
      Key.defaulted("missing", POLICY, "fail", "A column of the contract that is not there.");
  static final Key<Drift.Policy> RENAMED =
      Key.defaulted(
          "renamed", POLICY, "fail", "A missing column together with an unknown, similar header.");
  static final Key<Drift.Policy> RETYPED =
      Key.defaulted(
          "retyped",
          POLICY,
          "fail",
          "A column of which more than half of a sheet's cells, of ten at least, are not of its"
              + " type.");
  static final Section DRIFT =
      Section.one(
          "drift",
          "What to do where a workbook's columns are not the contract's: fail refuses the file.",
          List.of(UNKNOWN, MISSING, RENAMED, RETYPED));

  static final Key<BigDecimal> REJECTED_ROWS =
      Key.defaulted(
          "rejected-rows",
          Types.SHARE,
          "1%",
          "Largest share of a slice's rows that may be rejected before the slice is held.");
  static final Key<Integer> REJECTED_COUNT =
      Key.optional(
          "rejected-count",
          Types.whole(0, Integer.MAX_VALUE),
          "Largest number of a slice's rows that may be rejected before the slice is held, whatever"
              + " share they are; without it, any number.");
  static final Key<Integer> REFUSED_FILES =
      Key.defaulted(
          "refused-files",
          Types.whole(0, Integer.MAX_VALUE),
          "0",
          "How many files of a run may be refused before the run answers 4.");
  static final Key<Long> UNPACKED_BYTES =
      Key.defaulted(
          "unpacked-bytes", Types.BYTES, "4GiB", "The most that one workbook may unpack to.");
  static final Key<Integer> UNPACKED_RATIO =
      Key.defaulted(
          "unpacked-ratio",
          Types.whole(1, 10_000),
          "200",
          "How many times its packed size a part of a workbook may have; parts of up to 16 MiB"
              + " always may.");
  static final Section LIMITS =
      Section.one(
          "limits",
          "How much may be bad, and how large a workbook may be.",
          List.of(REJECTED_ROWS, REJECTED_COUNT, REFUSED_FILES, UNPACKED_BYTES, UNPACKED_RATIO));

  static final Key<String> FILES =
      Key.required("files", DomainTypes.GLOB, "Which files of the landing are of this kind.");
  static final Key<String> VERSION =
      Key.defaulted(
          "version",
          Types.TEXT,
          "\"\"",
          "What people call this state of the contract, a number or a text; the ledger remembers it"
              + " of each file.");
  static final Key<List<String>> SLICE =
      Key.required(
          "slice",
          Types.NAMES,
          "Columns whose values name the part of the table that one workbook restates whole.");
  static final Key<Order> ORDER =
      Key.defaulted(
          "order",
          DomainTypes.ORDER,
          "modified-time",
          "What decides which of two files is the newer one.");
  static final Key<ExpectedBy> EXPECTED_BY =
      Key.optional(
          "expected-by",
          DomainTypes.EXPECTED_BY,
          "When the file for a business date must be there, in the pipeline's zone.");
  static final Key<Integer> LATENESS =
      Key.optional(
          "lateness",
          DomainTypes.DAYS,
          "How many days after the business date in its slice a file may be written to the landing;"
              + " one that came later waits until it is approved with --approve. Holds for files"
              + " that are read from then on; not with parts or manifest.");
  static final Key<Secret> PASSWORD =
      Key.optional(
          "password",
          DomainTypes.SECRET,
          "Where the password of encrypted workbooks is found; read where the workbooks are.");
  static final Key<Source.Reader> READER =
      Key.defaulted(
          "reader",
          Types.oneOf(Source.Reader.class),
          "sluice",
          "What reads the cells: Sluice itself, or the library spark-excel, which knows texts alone"
              + " and wants the header in row 1.");
  static final Key<Source.Empty> EMPTY =
      Key.defaulted(
          "empty",
          Types.oneOf(Source.Empty.class),
          "refuse",
          "What a header without rows says: nothing, so that the file is refused, or that its slice is"
              + " empty, which every column of the slice must then tell from above the table.");
  static final Key<Source.Delivers> DELIVERS =
      Key.defaulted(
          "delivers",
          Types.oneOf(Source.Delivers.class),
          "slices",
          "What a workbook tells by what it does not hold: nothing outside of its slices (slices),"
              + " that all other members are gone by its business date (snapshot), or nothing at all,"
              + " because it brings only what changed, by key (changes).");
  static final Key<Boolean> KEEP_UNKNOWN =
      Key.defaulted(
          "keep-unknown",
          Types.FLAG,
          "false",
          "Whether bronze keeps the cells under headers that the contract does not know; otherwise"
              + " the ledger notes the headers, and how many cells stand under them.");
  static final Section SOURCES =
      Section.named(
          "sources",
          "source",
          "A kind of workbook that arrives in the landing, and its contract.",
          keys(),
          LayoutKeys.HEADER,
          ABOVE,
          COLUMNS,
          LayoutKeys.TABLE_END,
          LayoutKeys.CSV,
          DRIFT,
          LIMITS);

  private SourceKeys() {}

  private static List<Key<?>> withValueKeys(Key<?>... own) {
    List<Key<?>> keys = new ArrayList<>(List.of(own));
    keys.addAll(VALUE_KEYS);
    return keys;
  }

  private static List<Key<?>> keys() {
    List<Key<?>> keys = new ArrayList<>();
    keys.addAll(List.of(PlaceKeys.DESCRIPTION, PlaceKeys.OWNER, VERSION, FILES));
    keys.addAll(LayoutKeys.KEYS);
    keys.addAll(
        List.of(
            SLICE, DELIVERS, ORDER, EXPECTED_BY, LATENESS, PASSWORD, READER, EMPTY, KEEP_UNKNOWN));
    keys.addAll(DeliveryKeys.KEYS);
    return keys;
  }
}
