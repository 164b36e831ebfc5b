package io.sluice.config;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sluice.error.Reason;
import io.sluice.error.SluiceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.Assertions;

/** A small, correct pipeline in a folder, to be changed line by line. */
final class Pipelines {
  static final String CORRECT =
      """
      pipeline.name = small
      landing.root = "in"
      sources.holdings {
        files = "holdings/*.xlsx"
        slice = [portfolio_id, as_of_date]
        above { as_of_date { label = "As of", type = date } }
        columns {
          portfolio_id { type = string, required = true }
          security_id { type = string, required = true }
          security_name { header = "Name", type = string }
          price { type = "decimal(20,6)" }
        }
      }
      silver.stg_holdings {
        from = holdings
        key = [portfolio_id, security_id, as_of_date]
        partition-by-date = as_of_date
        gate = [{ complete = price }]
      }
      gold {
        dim_date { calendar { from = 2024-01-01, to = 2024-12-31 } }
        dim_security {
          dimension { from = stg_holdings, key = security_id, as-of = as_of_date, history = [security_name] }
        }
        fact_holdings {
          fact {
            from = stg_holdings, grain = [portfolio_id, security_id, as_of_date], date = as_of_date
            dimensions = [dim_security]
            measures = [price]
          }
        }
      }
      publish.tables = [dim_date, dim_security, fact_holdings]
      """;

  private final Path folder;

  private Pipelines(Path folder) {
    this.folder = folder;
  }

  static Pipelines in(Path folder) {
    return new Pipelines(folder);
  }

  Path folder() {
    return folder;
  }

  Pipelines file(String name, String content) {
    try {
      Path file = folder.resolve(name);
      Files.createDirectories(file.getParent());
      Files.writeString(file, content);
      return this;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  LoadedPipeline load(String content, String... settings) {
    return load(content, Optional.empty(), settings);
  }

  LoadedPipeline load(String content, Optional<String> environment, String... settings) {
    file("small.conf", content);
    return PipelineLoader.load(
        new LoadRequest(folder.resolve("small.conf"), environment, List.of(settings), folder));
  }

  SluiceException refusal(String content, Optional<String> environment, String... settings) {
    SluiceException refusal =
        catchThrowableOfType(SluiceException.class, () -> load(content, environment, settings));
    Assertions.assertThat(refusal).as("refusal").isNotNull();
    Assertions.assertThat(refusal.reason()).isEqualTo(Reason.CONFIG_INVALID);
    return refusal;
  }

  /** The mistakes, with the folder left out. */
  List<String> mistakes(String content, Optional<String> environment, String... settings) {
    return refusal(content, environment, settings)
        .why()
        .strip()
        .replace(folder + "/", "")
        .lines()
        .toList();
  }

  List<String> mistakes(String content, String... settings) {
    return mistakes(content, Optional.empty(), settings);
  }

  /** The mistakes after one change of the correct pipeline. */
  List<String> mistakesAfter(String part, String replacement) {
    Assertions.assertThat(CORRECT).contains(part);
    return mistakes(CORRECT.replace(part, replacement));
  }
}
