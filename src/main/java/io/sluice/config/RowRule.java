package io.sluice.config;

/**
 * A condition that every row of a silver table must meet. A row for which it is unknown (NULL)
 * meets it, as with a CHECK constraint in SQL.
 *
 * @param row a Spark SQL expression over the table's columns
 */
public record RowRule(String name, String row) {}
