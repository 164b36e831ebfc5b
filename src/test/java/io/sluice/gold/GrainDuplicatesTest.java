package io.sluice.gold;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.config.GoldTable;
import java.util.List;
import org.junit.jupiter.api.Test;

class GrainDuplicatesTest {
  private static final GoldTable.Fact FACT =
      new GoldTable.Fact(
          "trades", List.of("security_id", "day"), "day", List.of(), List.of("quantity"));

  @Test
  void theFirstKeysOfEachDateAreNamedWithTheirFirstRows() {
    assertThat(
            Tables.texts(
                GrainDuplicates.repeated(
                    FACT,
                    Tables.table(
                        "security_id string, day date, quantity int, file_id string, sheet_row int",
                        "A | 2024-01-09 | 1 | g | 4",
                        "A | 2024-01-09 | 1 | f | 12",
                        "A | 2024-01-09 | 1 | f | 5",
                        "A | 2024-01-09 | 1 | g | 3",
                        "B | 2024-01-09 | 1 | f | 6",
                        "A | 2024-01-10 | 1 | f | 7",
                        " | 2024-01-10 | 1 | f | 8",
                        " | 2024-01-10 | 1 | f | 9",
                        "C | 2024-01-11 | 1 | f | 10",
                        "C | 2024-01-11 | 1 | f | 11",
                        "D | 2024-01-11 | 1 | f | 10",
                        "D | 2024-01-11 | 1 | f | 11",
                        "E | 2024-01-11 | 1 | f | 10",
                        "E | 2024-01-11 | 1 | f | 11",
                        "F | 2024-01-11 | 1 | f | 10",
                        "F | 2024-01-11 | 1 | f | 11")),
                "date_key",
                "grain",
                "array_join(transform(rows, r -> concat(r.file_id, r.sheet_row)), ' ')",
                "count",
                "keys"))
        .containsExactly(
            "20240109|security_id=A, day=2024-01-09|f5 f12 g3|4|1",
            "20240110|security_id=NULL, day=2024-01-10|f8 f9|2|1",
            "20240111|security_id=C, day=2024-01-11|f10 f11|2|4",
            "20240111|security_id=D, day=2024-01-11|f10 f11|2|4",
            "20240111|security_id=E, day=2024-01-11|f10 f11|2|4");
  }
}
