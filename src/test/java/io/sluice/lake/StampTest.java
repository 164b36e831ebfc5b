package io.sluice.lake;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class StampTest {
  @Test
  void isReadBackAsItWasWritten() {
    Stamp stamp =
        new Stamp(
            "2024-01-15T07-30-00-\"x\"",
            42,
            "00ff00ff00ff00ff",
            Map.of("ledger/3f1c", 9_000_000_000L, "silver/ü", 0L),
            Changes.of(
                new TreeSet<>(List.of(LocalDate.of(2024, 1, 15), LocalDate.of(1999, 12, 31)))));

    assertThat(Stamp.parse(stamp.toJson())).contains(stamp);
  }

  @Test
  void tellsNothingFromEverything() {
    Stamp nothing = new Stamp("r", 1, "", Map.of(), Changes.NONE);
    Stamp everything = new Stamp("r", 1, "", Map.of(), Changes.EVERYTHING);

    assertThat(Stamp.parse(nothing.toJson())).contains(nothing);
    assertThat(Stamp.parse(everything.toJson())).contains(everything);
    assertThat(nothing).isNotEqualTo(everything);
  }

  @Test
  void hasOneFormWhateverTheOrderOfItsParts() {
    assertThat(
            new Stamp("r", 1, "", Map.of("b", 2L, "a", 1L), Lakes.dates(Lakes.SECOND, Lakes.FIRST))
                .toJson())
        .isEqualTo(
            "{\"sluice\":1,\"run\":\"r\",\"sequence\":1,\"definition\":\"\","
                + "\"progress\":{\"a\":1,\"b\":2},\"everything\":false,"
                + "\"dates\":[\"2024-01-01\",\"2024-01-02\"]}");
  }

  @ParameterizedTest
  @NullAndEmptySource
  @ValueSource(
      strings = {
        "backfill of ticket 7",
        "{}",
        "{\"job\":\"nightly\"}",
        "about \"sluice\" but no JSON",
        "[\"sluice\"]",
        "{\"sluice\":1}",
        "{\"sluice\":1,\"run\":\"r\",\"sequence\":\"x\",\"definition\":\"\",\"progress\":{},\"dates\":[]}",
        "{\"sluice\":1,\"run\":\"r\",\"sequence\":1,\"definition\":\"\",\"progress\":{},\"dates\":[\"soon\"]}",
        "{\"sluice\":1,\"run\":\"r\",\"sequence\":1,\"progress\":{},\"dates\":[]}"
      })
  void isEmptyForACommitOfSomebodyElse(String userMetadata) {
    assertThat(Stamp.parse(userMetadata)).isEmpty();
  }
}
