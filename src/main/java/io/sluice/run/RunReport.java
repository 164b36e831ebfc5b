package io.sluice.run;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.sluice.error.ExitCode;
import java.util.List;
import java.util.Map;

/**
 * What one run did, as text and as JSON.
 *
 * @param verdict name of the {@link ExitCode} that the run answers
 * @param nothingToDo whether no data table was changed
 * @param rejects number of rejections by table and reason code
 * @param waiting files that count once they are approved, whenever they came
 * @param adjusted columns with decimals that are not quite what their cells say
 */
@JsonAutoDetect(fieldVisibility = JsonAutoDetect.Visibility.ANY)
public record RunReport(
    String run,
    String group,
    String pipeline,
    String verb,
    String began,
    double seconds,
    String verdict,
    int exitCode,
    boolean nothingToDo,
    int batches,
    List<FileLine> files,
    List<BalanceLine> balance,
    List<GateLine> gates,
    Map<String, Map<String, Long>> rejects,
    List<AdjustedLine> adjusted,
    List<HeldLine> held,
    List<FileLine> waiting,
    List<TableLine> tables,
    List<String> notes,
    Map<String, Double> secondsByStage) {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  /** A slice that is held after the run. */
  public record HeldLine(
      String table, String slice, String reason, String rule, String message, String since) {}

  public String toJson() {
    try {
      return JSON.writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a record of plain values always has a JSON form", e);
    }
  }

  public ExitCode verdictCode() {
    return ExitCode.valueOf(verdict);
  }

  public long count(String outcome) {
    return files.stream().filter(file -> file.outcome().equals(outcome)).count();
  }
}
