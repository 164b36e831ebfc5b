package io.sluice.config;

import java.util.Map;

/**
 * Where the Delta tables lie.
 *
 * @param root folder or {@code s3a://} URI; tables are at {@code <root>/<pipeline>/<layer>/<table>}
 * @param roots roots of single layers (bronze, silver, gold, ops) that differ from {@code root}
 * @param compression Parquet codec: zstd or snappy
 */
public record Lake(String root, Map<String, String> roots, String compression) {
  public Lake {
    roots = Map.copyOf(roots);
  }
}
