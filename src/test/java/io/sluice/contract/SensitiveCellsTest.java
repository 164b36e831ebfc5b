package io.sluice.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sluice.config.Column;
import io.sluice.config.ColumnBuilder;
import io.sluice.config.Secret;
import io.sluice.config.Source;
import io.sluice.config.SourceBuilder;
import io.sluice.error.Reason;
import io.sluice.error.SluiceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SensitiveCellsTest {
  // As openssl dgst -sha256 -hmac says.
  private static final String HASH =
      "bb216494bd5e70ba7c97aa81c43f624198f08f265601a460dd5c812dda8f62c5";

  @TempDir Path folder;
  private Path key;

  @BeforeEach
  void writeKey() throws IOException {
    key = Files.writeString(folder.resolve("key"), "a secret of more than sixteen characters\n");
  }

  @Test
  void aTextBecomesItsHashAndItsCellAText() {
    SensitiveCells cells = SensitiveCells.of(source(Column.Blanks.KEEP));

    assertThat(cells.hides(0)).isTrue();
    assertThat(cells.text(0, "078-05-1120", CellKind.TEXT)).isEqualTo(HASH);
    assertThat(cells.kind(0, HASH, CellKind.NUMBER)).isEqualTo(CellKind.TEXT);
    assertThat(cells.hides(1)).isFalse();
    assertThat(cells.text(1, "078-05-1120", CellKind.TEXT)).isEqualTo("078-05-1120");
    assertThat(cells.kind(1, "1", CellKind.NUMBER)).isEqualTo(CellKind.NUMBER);
  }

  @Test
  void blanksAndTextsThatStandForNoneAreNone() {
    SensitiveCells cells = SensitiveCells.of(source(Column.Blanks.KEEP));

    for (String none : new String[] {null, "", " \u00a0", "n/a", " N/A "}) {
      assertThat(cells.text(0, none, CellKind.TEXT)).as("text '%s'", none).isNull();
    }
    assertThat(cells.kind(0, null, CellKind.TEXT)).isEqualTo(CellKind.BLANK);
  }

  @Test
  void blanksAreCollapsedBeforeTheHashWhereTheColumnSaysSo() {
    assertThat(
            SensitiveCells.of(source(Column.Blanks.COLLAPSE))
                .text(0, " 078-05-1120 ", CellKind.TEXT))
        .isEqualTo(HASH);
    assertThat(
            SensitiveCells.of(source(Column.Blanks.KEEP)).text(0, " 078-05-1120 ", CellKind.TEXT))
        .hasSize(64)
        .isNotEqualTo(HASH);
  }

  @Test
  void anErrorOfExcelStaysAndWhatOnlyCallsItselfOneDoesNot() {
    SensitiveCells cells = SensitiveCells.of(source(Column.Blanks.KEEP));

    assertThat(cells.text(0, "#DIV/0!", CellKind.ERROR)).isEqualTo("#DIV/0!");
    assertThat(cells.kind(0, "#DIV/0!", CellKind.ERROR)).isEqualTo(CellKind.ERROR);
    assertThat(cells.text(0, "078-05-1120", CellKind.ERROR)).isNull();
    assertThat(cells.text(0, "078-05-1120", CellKind.FORMULA_WITHOUT_VALUE)).isNull();
  }

  @Test
  void aSecretThatIsMissingOrShortIsRefusedWithoutShowingIt() throws IOException {
    Files.writeString(key, "too short");
    SluiceException tooShort =
        catchThrowableOfType(
            SluiceException.class, () -> SensitiveCells.of(source(Column.Blanks.KEEP)));
    assertThat(tooShort.reason()).isEqualTo(Reason.CONFIG_INVALID);
    assertThat(tooShort.problem()).contains("file:" + key, "is too short");
    assertThat(tooShort).message().doesNotContain("too short\n").contains("openssl rand -hex 32");

    Files.delete(key);
    assertThat(
            catchThrowableOfType(
                SluiceException.class, () -> SensitiveCells.of(source(Column.Blanks.KEEP))))
        .message()
        .contains("is not there");
  }

  @Test
  void aCheckNeedsNoSecretAndHidesAllTheSame() throws IOException {
    Files.delete(key);
    SensitiveCells cells = SensitiveCells.toCheck(source(Column.Blanks.KEEP));

    String hash = cells.text(0, "078-05-1120", CellKind.TEXT);
    assertThat(hash).matches("[0-9a-f]{64}").isNotEqualTo(HASH);
    assertThat(SensitiveCells.toCheck(source(Column.Blanks.KEEP)).text(0, "078", CellKind.TEXT))
        .isNotEqualTo(hash);
  }

  @Test
  void aFingerprintTellsSecretsApart() throws IOException {
    Secret secret = new Secret("file:" + key);
    String before = KeyedHash.under(secret).fingerprint();
    assertThat(KeyedHash.under(secret).fingerprint()).isEqualTo(before).hasSize(16);

    Files.writeString(key, "another secret of more than sixteen characters");
    assertThat(KeyedHash.under(secret).fingerprint()).isNotEqualTo(before);
  }

  private Source source(Column.Blanks blanks) {
    return SourceBuilder.source("s")
        .slice("open")
        .columns(column("hidden", blanks, new Secret("file:" + key)), column("open", blanks, null))
        .build();
  }

  private static Column column(String name, Column.Blanks blanks, Secret secret) {
    return ColumnBuilder.text(name)
        .headers(name)
        .required()
        .nullTexts("n/a")
        .blanks(blanks)
        .hashKey(secret)
        .build();
  }
}
