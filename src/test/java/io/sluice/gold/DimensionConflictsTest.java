package io.sluice.gold;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.config.GoldTable;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DimensionConflictsTest {
  @Test
  void listsWhatOneSourceSaysDifferentlyOnOneDay() {
    GoldTable.Dimension dimension =
        new GoldTable.Dimension(
            List.of("master", "holdings", "keys"),
            List.of("security_id"),
            "as_of_date",
            List.of(),
            List.of("security_name"),
            List.of("price"));
    String ddl = "security_id string, as_of_date date, security_name string, price int";
    assertThat(
            Tables.texts(
                DimensionConflicts.rows(
                    "dim_security",
                    dimension,
                    Map.of(
                        "master",
                        Tables.table(ddl, "A | 2024-01-10 | ALPHA | 10"),
                        "keys",
                        Tables.table("security_id string, as_of_date date", "A | 2024-01-10"),
                        "holdings",
                        Tables.table(
                            ddl,
                            "A | 2024-01-10 | Beta  | 10",
                            "A | 2024-01-10 | Alpha | 9",
                            "A | 2024-01-10 |       | 10",
                            "A | 2024-01-11 | Gamma | 9",
                            "B | 2024-01-10 | Other | 1",
                            "  | 2024-01-10 | Other | 2")))))
        .containsExactly(
            "dim_security|A|2024-01-10|holdings|price|9|9|10",
            "dim_security|A|2024-01-10|holdings|security_name|Alpha|Alpha|Beta");
  }
}
