package io.sluice.quality;

import java.util.List;
import java.util.TreeSet;
import org.apache.spark.sql.Encoder;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.expressions.Aggregator;

/**
 * The first few different texts of a group, in their order. Not a built-in aggregate because those
 * that keep several values keep all of them, and every row of a slice may fail.
 */
final class FirstTexts extends Aggregator<String, TreeSet<String>, String> {
  private static final long serialVersionUID = 1L;
  private static final int SIZE = 5;
  // No workbook cell can hold it: XML has no such character.
  private static final String SEPARATOR = "\u0000";

  static List<String> split(String joined) {
    return joined.isEmpty() ? List.of() : List.of(joined.split(SEPARATOR, -1));
  }

  @Override
  public TreeSet<String> zero() {
    return new TreeSet<>();
  }

  @Override
  public TreeSet<String> reduce(TreeSet<String> first, String text) {
    if (text != null) {
      first.add(text);
      if (first.size() > SIZE) {
        first.pollLast();
      }
    }
    return first;
  }

  @Override
  public TreeSet<String> merge(TreeSet<String> one, TreeSet<String> other) {
    other.forEach(text -> reduce(one, text));
    return one;
  }

  @Override
  public String finish(TreeSet<String> first) {
    return String.join(SEPARATOR, first);
  }

  @Override
  @SuppressWarnings({"unchecked", "rawtypes"})
  public Encoder<TreeSet<String>> bufferEncoder() {
    return (Encoder) Encoders.javaSerialization(TreeSet.class);
  }

  @Override
  public Encoder<String> outputEncoder() {
    return Encoders.STRING();
  }
}
