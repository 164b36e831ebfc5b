package io.sluice.gold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sluice.config.GoldTable;
import io.sluice.error.Reason;
import io.sluice.error.SluiceException;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class KeyCollisionsTest {
  private static final GoldTable.Dimension SECURITY =
      new GoldTable.Dimension(
          List.of("stg_securities"),
          List.of("exchange", "security_id"),
          "as_of_date",
          List.of(),
          List.of("security_name"),
          List.of());

  @Test
  void twoMembersWithOneDurableKeyAreNamed() {
    SluiceException collision =
        failure(
            "11 | 7 | XNYS | AAA | 0001-01-01",
            "12 | 7 | XNYS | AAA | 2024-01-05",
            "13 | 7 | XLON | BBB | 0001-01-01",
            "14 | 8 | XLON | CCC | 0001-01-01");
    assertThat(collision.reason()).isEqualTo(Reason.KEY_COLLISION);
    assertThat(collision.getMessage())
        .contains("dim_security")
        .contains("the same key 7")
        .contains("exchange XLON, security_id BBB")
        .contains("exchange XNYS, security_id AAA")
        .contains("gold.dim_security.dimension.key");
  }

  @Test
  void aLaterVersionThatHasTheKeyOfAnotherMemberIsNamedWithItsStart() {
    assertThat(
            failure(
                    "11 | 7 | XNYS | AAA | 0001-01-01",
                    "12 | 7 | XNYS | AAA | 2024-01-05",
                    "12 | 8 | XLON | BBB | 0001-01-01")
                .getMessage())
        .contains("security_id AAA, valid_from 2024-01-05")
        .contains("security_id BBB, valid_from 0001-01-01");
  }

  @Test
  void versionsOfOneMemberShareTheirDurableKeyAndTheUnknownMemberIsNobody() {
    assertThatNoException()
        .isThrownBy(
            () ->
                KeyCollisions.require(
                    "dim_security",
                    SECURITY,
                    rows(
                        "-1 | -1 | Unknown | Unknown | 0001-01-01",
                        "11 | 7 | XNYS | AAA | 0001-01-01",
                        "12 | 7 | XNYS | AAA | 2024-01-05")));
  }

  private static SluiceException failure(String... rows) {
    return catchThrowableOfType(
        SluiceException.class, () -> KeyCollisions.require("dim_security", SECURITY, rows(rows)));
  }

  private static Dataset<Row> rows(String... rows) {
    return Tables.table(
        "security_key bigint, security_durable_key bigint, exchange string, security_id string,"
            + " valid_from date",
        rows);
  }
}
