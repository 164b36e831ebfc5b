package io.sluice.gold;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import java.time.LocalDate;
import java.util.List;
import org.apache.spark.sql.Column;

/**
 * The keys of dimension rows. They are derived from what they stand for, so that a rebuild, or
 * another order of arrival, gives every row the key it had.
 *
 * <p>The name of the dimension is not hashed in: keys are compared within one dimension only, and
 * so survive its renaming.
 */
public final class Keys {
  /** The key, surrogate and durable, of the member that stands for "not known". */
  public static final long UNKNOWN = -1L;

  /** The first day of the first version of every member. */
  public static final LocalDate BEGINNING = LocalDate.of(1, 1, 1);

  /** The end of the last version of every member. */
  public static final LocalDate OPEN_END = LocalDate.of(9999, 12, 31);

  private static final String PREFIX = "dim_";
  private static final long INSTEAD_OF_UNKNOWN = -2L;

  private Keys() {}

  /**
   * The surrogate key's column name in a dimension and its facts: {@code security_key} for {@code
   * dim_security}.
   */
  public static String surrogateName(String dimension) {
    return stem(dimension) + "_key";
  }

  /** The durable key's column name: {@code security_durable_key} for {@code dim_security}. */
  public static String durableName(String dimension) {
    return stem(dimension) + "_durable_key";
  }

  /**
   * The durable key: a 64-bit hash of the business key, never {@link #UNKNOWN}. Null where a part
   * of the business key is null.
   */
  public static Column durable(List<String> keyColumns) {
    return hash(canonical(keyColumns));
  }

  /**
   * The surrogate key of the version that starts on {@code startDate}: for the first version (null
   * or {@link #BEGINNING}) the durable key, for later ones a hash of business key and start date.
   */
  public static Column surrogate(List<String> keyColumns, Column startDate) {
    Column canonical = canonical(keyColumns);
    Column first = startDate.isNull().or(startDate.equalTo(lit(BEGINNING)));
    return hash(
        when(first, canonical).otherwise(concat(canonical, lit("@"), startDate.cast("string"))));
  }

  private static String stem(String dimension) {
    return dimension.startsWith(PREFIX) ? dimension.substring(PREFIX.length()) : dimension;
  }

  /** Each part with its length before it: ("a", "bc") and ("ab", "c") must not become one text. */
  private static Column canonical(List<String> keyColumns) {
    Column[] parts =
        keyColumns.stream()
            .map(name -> col(name).cast("string"))
            .map(text -> concat(length(text).cast("string"), lit(":"), text))
            .toArray(Column[]::new);
    return concat(parts);
  }

  private static Column hash(Column text) {
    // xxhash64 of null is its seed, and not null.
    Column hash = xxhash64(text);
    return when(text.isNull(), lit(null).cast("bigint"))
        .when(hash.equalTo(lit(UNKNOWN)), lit(INSTEAD_OF_UNKNOWN))
        .otherwise(hash);
  }
}
