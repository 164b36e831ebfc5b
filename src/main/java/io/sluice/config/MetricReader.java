package io.sluice.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads what a pipeline measures. Whether it is an aggregate is found out where there is Spark. */
final class MetricReader {
  private MetricReader() {}

  /**
   * @param gold names of all gold tables
   */
  static Map<String, Metric> read(Node root, Tables tables, Collection<String> gold) {
    List<String> known = new ArrayList<>(tables.silverNames());
    known.addAll(gold);
    Map<String, Metric> metrics = new LinkedHashMap<>();
    for (Node node : root.items(TableKeys.METRICS)) {
      String sql = node.value(TableKeys.METRIC_SQL);
      String over = node.value(TableKeys.METRIC_OVER);
      if (sql.isBlank() && !node.wrong(TableKeys.METRIC_SQL)) {
        node.mistake(TableKeys.METRIC_SQL, node.pathOf("sql") + " must not be empty");
      }
      if (!over.isEmpty() && !known.contains(over)) {
        node.mistake(
            TableKeys.METRIC_OVER,
            "%s names %s, which is not a silver or gold table%s"
                .formatted(node.pathOf("over"), over, Suggestion.orList(over, known, "there are")));
      }
      metrics.put(
          node.name(),
          new Metric(
              node.name(),
              sql.strip(),
              over,
              node.value(PlaceKeys.DESCRIPTION),
              node.value(PlaceKeys.OWNER),
              node.place(TableKeys.METRIC_SQL)));
    }
    return metrics;
  }
}
