package io.sluice.config;

import java.nio.file.Path;

/**
 * Where gold is published.
 *
 * @param url {@code embedded}, or a {@code jdbc:postgresql:} URL
 * @param schema the schema of the published tables
 * @param dataDirectory where the embedded server keeps its data
 * @param port of the embedded server; 0 for any free one
 * @param maxConnections how many connections a publish may hold at once
 */
public record Warehouse(
    String url,
    String schema,
    Secret user,
    Secret password,
    Path dataDirectory,
    int port,
    int maxConnections) {

  public boolean embedded() {
    return url.equals("embedded");
  }
}
