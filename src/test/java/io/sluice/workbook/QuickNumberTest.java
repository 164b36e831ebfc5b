package io.sluice.workbook;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuickNumberTest {
  @Test
  void itSaysWhatTheSlowWaySaysOrNothing() {
    Random random = new Random(7);
    int quick = 0;
    List<String> wrong = new ArrayList<>();
    for (int i = 0; i < 200_000; i++) {
      String stored = stored(random, i % 8);
      String said = quick(stored);
      if (said != null) {
        quick++;
        double value = Double.parseDouble(stored);
        String slow = value == 0 ? "0" : StoredNumber.slow(value);
        if (!said.equals(slow)) {
          wrong.add(stored + " quick " + said + " slow " + slow);
        }
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(quick).isGreaterThan(150_000);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-",
        ".",
        "+1",
        "1E",
        "1E+",
        "E5",
        "1.2.3",
        "1 ",
        "NaN",
        "0x1p3",
        "1d",
        "1E99999999999",
        "123456789012345678901",
        "1E400",
        "--1",
        "9007199254740993",
        "1E-40"
      })
  void itSaysNothingOfWhatIsUnusual(String stored) {
    assertThat(quick(stored)).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-0", "0.0", "000", "0E5", "-0.000E-3"})
  void everyZeroIsZero(String stored) {
    assertThat(quick(stored)).isEqualTo("0");
  }

  private static String stored(Random random, int form) {
    double any = random.nextDouble() * Math.pow(10, random.nextInt(14) - 4);
    double cents = random.nextInt(100_000_000) / 100.0;
    return switch (form) {
      case 0 -> Double.toString(any);
      case 1 -> new BigDecimal(any).round(new MathContext(17)).toString();
      case 2 -> new BigDecimal(cents).round(new MathContext(17)).toPlainString();
      case 3 -> Double.toString(cents * (1 + random.nextInt(3) * Math.ulp(1.0)));
      case 4 -> new BigDecimal(any).round(new MathContext(16)).toString();
      case 5 -> "-" + new BigDecimal(-any * 1e6).round(new MathContext(17)).negate();
      case 6 -> Long.toString(random.nextLong() >>> random.nextInt(60));
      default -> random.nextInt(1_000) + "E" + (random.nextInt(40) - 20);
    };
  }

  private static String quick(String stored) {
    byte[] bytes = stored.getBytes(StandardCharsets.US_ASCII);
    return QuickNumber.plain(bytes, 0, bytes.length);
  }
}
