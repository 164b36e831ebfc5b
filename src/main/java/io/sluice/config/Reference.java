package io.sluice.config;

import java.util.List;

/**
 * Values of a silver table that must stand in another one. A row with a NULL among them refers to
 * nothing, as with a foreign key in SQL.
 *
 * @param columns of the table that refers
 * @param in the silver table that is referred to
 * @param key its columns, as many, and of the same types
 */
public record Reference(String name, List<String> columns, String in, List<String> key) {
  public Reference {
    columns = List.copyOf(columns);
    key = List.copyOf(key);
  }
}
