package io.sluice.warehouse;

import static io.sluice.warehouse.ServerForTests.rows;
import static io.sluice.warehouse.Star.DIMENSION;
import static io.sluice.warehouse.Star.FACT;
import static io.sluice.warehouse.Star.holding;
import static io.sluice.warehouse.Star.portfolio;
import static io.sluice.warehouse.Star.source;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sluice.config.Warehouse;
import io.sluice.error.SluiceException;
import java.util.List;

/** What the tests of publishing have in common. */
final class Publishing {
  private Publishing() {}

  static PublishSource[] firstDays(String schema) {
    return new PublishSource[] {
      source(
          Star.fact(schema),
          FACT,
          1,
          holding(20240115, 1, "10"),
          holding(20240115, 2, null),
          holding(20240116, 1, "11.5")),
      source(Star.dimension(schema), DIMENSION, 1, portfolio(1, "Income"), portfolio(2, "Growth"))
    };
  }

  static Publisher publisher(Warehouse warehouse) {
    return new Publisher(warehouse, warehouse.schema(), Connections.to(warehouse, "test"));
  }

  static PublishResult publish(Warehouse warehouse, String runId, PublishSource... sources) {
    return publisher(warehouse).publish(List.of(sources), runId, false);
  }

  static SluiceException failure(Warehouse warehouse, PublishSource... sources) {
    return catchThrowableOfType(
        SluiceException.class, () -> publish(warehouse, "failing", sources));
  }

  static List<String> staging(Warehouse warehouse, String pipeline) {
    return rows(
        warehouse,
        "SELECT relname FROM pg_class WHERE relnamespace = 'sluice_staging'::regnamespace AND"
            + " relname LIKE '"
            + pipeline
            + "%' ORDER BY 1");
  }
}
