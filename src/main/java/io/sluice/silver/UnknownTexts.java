package io.sluice.silver;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.sluice.config.Source;
import io.sluice.contract.AddedColumns;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Texts that bronze keeps of cells outside the contract, in the columns that were added for them.
 */
final class UnknownTexts implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final JsonFactory JSON = new JsonFactory();
  private static final int NONE = -1;

  private final Source source;
  private final List<String> added;
  private final Map<String, Integer> places = new HashMap<>();
  private transient AddedColumns columns;

  UnknownTexts(Source source, List<String> added) {
    this.source = source;
    this.added = List.copyOf(added);
  }

  int width() {
    return added.size();
  }

  /**
   * Puts each text where its column is.
   *
   * @param json an object, text by header; null for none
   * @param first index of the first added column in {@code values}
   */
  void put(String json, Object[] values, int first) {
    if (json == null) {
      return;
    }
    try (JsonParser parser = JSON.createParser(json)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        int place = place(parser.currentName());
        String text = parser.nextTextValue();
        if (place != NONE) {
          values[first + place] = text;
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("bronze has cells outside the contract that are no JSON", e);
    }
  }

  private int place(String header) {
    Integer known = places.get(header);
    if (known == null) {
      if (columns == null) {
        columns = new AddedColumns(source);
      }
      known = columns.column(header).map(added::indexOf).orElse(NONE);
      places.put(header, known);
    }
    return known;
  }
}
