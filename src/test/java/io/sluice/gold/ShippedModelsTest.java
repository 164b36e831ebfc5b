package io.sluice.gold;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.SparkForTests;
import io.sluice.config.LoadRequest;
import io.sluice.config.PipelineLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What {@code sluice test} says of the pipelines that are shipped. */
class ShippedModelsTest {
  @Test
  void everyModelHasCasesAndPassesThem() {
    ModelReport report =
        ModelTests.run(
            SparkForTests.session(),
            PipelineLoader.load(
                    new LoadRequest(
                        Path.of("conf", "portfolio.conf"),
                        Optional.empty(),
                        List.of(),
                        Path.of("").toAbsolutePath()))
                .pipeline(),
            List.of(),
            false);

    assertThat(report.models())
        .extracting(ModelReport.Model::model)
        .containsExactly("portfolio_daily_nav", "portfolio_holdings");
    assertThat(report.models())
        .allSatisfy(
            model -> {
              assertThat(model.cases()).isNotEmpty();
              assertThat(model.cases()).allSatisfy(one -> assertThat(one.differences()).isEmpty());
              assertThat(model.comparisons())
                  .isNotEmpty()
                  .allSatisfy(one -> assertThat(one.differences()).isEmpty());
            });
    assertThat(report.exitCode().code()).isZero();
  }
}
