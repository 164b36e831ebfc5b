package io.sluice.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.config.Pipeline;
import io.sluice.config.Warehouse;
import io.sluice.error.ExitCode;
import io.sluice.run.LakeQuery;
import io.sluice.warehouse.Connections;
import io.sluice.warehouse.EmbeddedServer;
import io.sluice.warehouse.Query;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** One query. */
@Command(
    name = "sql",
    customSynopsis = "sluice sql [PIPELINE.conf] 'SELECT …' [options]",
    description =
        "Runs one read-only query over the warehouse, or with --lake over the lake's tables.",
    footer = {
      "",
      "Examples:",
      "  sluice sql 'SELECT * FROM portfolio_daily_nav ORDER BY 2, 1 LIMIT 5'",
      "  sluice sql --lake 'SELECT count(*) FROM rejects'"
    })
final class SqlVerb extends PipelineVerb {
  @Option(names = "--lake", description = "query silver, gold and ops in the lake with Spark SQL")
  boolean lake;

  @Option(
      names = "--limit",
      defaultValue = "1000",
      description = "print at most so many rows, default ${DEFAULT-VALUE}")
  int limit;

  @Override
  public Integer call() throws JsonProcessingException {
    if (others().size() != 1) {
      throw new ParameterException(spec.commandLine(), "give one query, in quotes");
    }
    Pipeline pipeline = load().pipeline();
    String sql = others().get(0);
    Query.Result result =
        lake
            ? new LakeQuery(SparkStart.session(pipeline), pipeline).run(sql, limit)
            : fromWarehouse(pipeline, sql);
    if (json) {
      out().println(new ObjectMapper().writeValueAsString(asMaps(result)));
      return ExitCode.DONE.code();
    }
    TextTable table = new TextTable(result.columns());
    result.rows().forEach(table::row);
    table.print(out(), "");
    out()
        .printf(
            "(%d %s%s)%n",
            result.rows().size(),
            result.rows().size() == 1 ? "row" : "rows",
            result.truncated() ? ", and there are more: see --limit" : "");
    return ExitCode.DONE.code();
  }

  private Query.Result fromWarehouse(Pipeline pipeline, String sql) {
    Warehouse warehouse = pipeline.warehouse();
    if (!warehouse.embedded()) {
      return new Query(Connections.to(warehouse, "sql"), warehouse.schema()).run(sql, limit);
    }
    try (EmbeddedServer.Handle handle = EmbeddedServer.ensureStarted(warehouse)) {
      return new Query(Connections.to(handle.warehouse(), "sql"), warehouse.schema())
          .run(sql, limit);
    }
  }

  private static List<Map<String, String>> asMaps(Query.Result result) {
    List<Map<String, String>> maps = new ArrayList<>();
    for (List<String> row : result.rows()) {
      Map<String, String> fields = new LinkedHashMap<>();
      for (int i = 0; i < row.size(); i++) {
        fields.put(result.columns().get(i), row.get(i));
      }
      maps.add(fields);
    }
    return maps;
  }
}
