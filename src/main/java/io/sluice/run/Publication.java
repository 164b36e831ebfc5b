package io.sluice.run;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import io.sluice.config.GoldTable;
import io.sluice.lake.Changes;
import io.sluice.lake.LakeState;
import io.sluice.lake.LakeTable;
import io.sluice.lake.Layer;
import io.sluice.lake.Ledger;
import io.sluice.lake.RunScope;
import io.sluice.warehouse.Connections;
import io.sluice.warehouse.PublishResult;
import io.sluice.warehouse.PublishSource;
import io.sluice.warehouse.Publisher;
import io.sluice.warehouse.TargetTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The gold tables of a pipeline as the warehouse takes them, and the ledger as {@code source_file}.
 */
public final class Publication {
  private final RunScope scope;

  public Publication(RunScope scope) {
    this.scope = scope;
  }

  /** Publishes what is new; does nothing where gold has no table yet. */
  public PublishResult publish(boolean rebuild) {
    List<PublishSource> sources = sources();
    if (sources.isEmpty()) {
      return PublishResult.nothing();
    }
    Connections connections = Connections.to(scope.pipeline().warehouse(), scope.runId());
    return new Publisher(scope.pipeline().warehouse(), scope.pipeline().name(), connections)
        .publish(sources, scope.runId(), rebuild);
  }

  /** The shapes of the tables that can be published now, for {@code migrate}. */
  public List<TargetTable> targets() {
    return sources().stream().map(PublishSource::target).toList();
  }

  private List<PublishSource> sources() {
    List<PublishSource> sources = new ArrayList<>();
    for (String name : scope.pipeline().publish()) {
      LakeTable table = scope.lake().table(Layer.GOLD, name);
      table
          .state()
          .filter(state -> state.sequence() > 0)
          .ifPresent(
              state ->
                  sources.add(new GoldSource(scope.pipeline().gold().get(name), table, state)));
    }
    if (sources.size() < scope.pipeline().publish().size()) {
      // A star with a point missing would fail its foreign keys; the rest waits for it.
      return List.of();
    }
    Ledger ledger = new Ledger(scope.lake());
    ledger.state().ifPresent(state -> sources.add(new LedgerSource(ledger, state)));
    return sources;
  }

  private final class GoldSource implements PublishSource {
    private final GoldTable gold;
    private final LakeTable table;
    private final LakeState state;

    GoldSource(GoldTable gold, LakeTable table, LakeState state) {
      this.gold = gold;
      this.table = table;
      this.state = state;
    }

    @Override
    public TargetTable target() {
      return TargetTable.of(scope.pipeline(), gold, state.schema());
    }

    @Override
    public String tableId() {
      return state.tableId();
    }

    @Override
    public long version() {
      return state.version();
    }

    @Override
    public Changes changesSince(long version) {
      if (condition(Changes.NONE).isPresent()) {
        return table.changes(version, state.version());
      }
      return table.rowsChanged(version, state.version()) ? Changes.EVERYTHING : Changes.NONE;
    }

    @Override
    public Dataset<Row> rows(Changes changes) {
      Dataset<Row> all = table.read();
      return changes.everything() ? all : all.where(condition(changes).orElse("true"));
    }

    private Optional<String> condition(Changes changes) {
      return io.sluice.gold.GoldDates.condition(scope.pipeline(), gold.name(), changes.dates());
    }
  }

  private final class LedgerSource implements PublishSource {
    private final Ledger ledger;
    private final LakeState state;

    LedgerSource(Ledger ledger, LakeState state) {
      this.ledger = ledger;
      this.state = state;
    }

    @Override
    public TargetTable target() {
      return TargetTable.sourceFile(scope.pipeline());
    }

    @Override
    public String tableId() {
      return state.tableId();
    }

    @Override
    public long version() {
      return state.version();
    }

    @Override
    public Changes changesSince(long version) {
      return ledger.table().rowsChanged(version, state.version())
          ? Changes.EVERYTHING
          : Changes.NONE;
    }

    /**
     * Of several sightings of the same content, the last in the order. What was refused or taken
     * back after it had counted is among them, and says so: a held slice may still show its rows.
     */
    @Override
    public Dataset<Row> rows(Changes changes) {
      return counted().join(outcomes(), "file_id");
    }

    /** What became of each content: it counts as long as it does anywhere. */
    private Dataset<Row> outcomes() {
      return ledger
          .standing()
          .withColumn("counts", expr(Ledger.COUNTS))
          .groupBy("file_id")
          .agg(
              max_by(
                      when(col("counts"), "ACCEPTED").otherwise(col("outcome")),
                      struct("counts", "batch", "order_key", "uri"))
                  .as("outcome"));
    }

    private Dataset<Row> counted() {
      return ledger
          .read()
          .where(Ledger.COUNTS)
          .groupBy("file_id")
          .agg(
              max_by(
                      struct("source", "uri", "modified_at", "sheet", "order_key", "run_id"),
                      struct("order_key", "batch", "uri"))
                  .as("last"))
          .select(
              col("file_id"),
              col("last.source").as("source"),
              col("last.uri").as("uri"),
              col("last.modified_at").as("modified_at"),
              col("last.sheet").as("sheet"),
              col("last.order_key").as("order_key"),
              col("last.run_id").as("received_run"));
    }
  }
}
