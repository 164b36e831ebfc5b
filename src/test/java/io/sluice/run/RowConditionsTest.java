package io.sluice.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.error.Reason;
import io.sluice.error.SluiceException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Conditions of silver tables are looked at before anything is read or written. */
class RowConditionsTest {
  private static final String RULE = "row = \"quantity >= 0\"";

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"quantty >= 0", "quantity >=", "quantity", "sum(quantity) > 0"})
  void aRuleThatCannotBeEvaluatedStopsARunBeforeItBegins(String rule) {
    SluiceException failure = failure(RULE, "row = \"" + rule + "\"");

    assertThat(failure.reason()).isEqualTo(Reason.CONFIG_INVALID);
    assertThat(failure.problem()).isEqualTo("The rule long-only of stg_holdings cannot be used");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "as_of_date < current_date()",
        "as_of_date < current_date",
        "as_of_date < now()",
        "rand() > 0.5"
      })
  void whatAClockOrChanceSaysStopsARunBeforeItBegins(String condition) {
    SluiceException failure =
        failure(
            "key = [security_id, as_of_date] }",
            "key = [security_id, as_of_date], deleted-when = \"" + condition + "\" }");

    assertThat(failure.reason()).isEqualTo(Reason.CONFIG_INVALID);
    assertThat(failure.problem()).isEqualTo("deleted-when of stg_securities cannot be used");
    assertThat(failure.why()).contains("when it is asked again");
  }

  private SluiceException failure(String there, String instead) {
    Trial trial = Trial.star(folder, "conditions", there, instead);
    SluiceException failure = trial.failure(RunOptions.everything(""));
    assertThat(folder.resolve("lake")).doesNotExist();
    return failure;
  }
}
