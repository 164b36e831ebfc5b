package io.sluice.config;

/**
 * An aggregate that is defined once, and used by its name in the SQL of tables.
 *
 * @param sql Spark SQL over the columns of one table
 * @param over the silver or gold table
 * @param declaredAt the file and line where it stands
 */
public record Metric(
    String name, String sql, String over, String description, String owner, String declaredAt) {}
