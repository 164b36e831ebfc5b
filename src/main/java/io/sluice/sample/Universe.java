package io.sluice.sample;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The invented securities. The first few have a part to play; the others fill the portfolios. Names
 * and ids are made up, the check digits are right.
 */
final class Universe {
  /** Securities with a part; a portfolio holds every other one of them. */
  static final int SPECIAL = 8;

  static final int LEADING_ZERO = 0;
  static final int WITH_E = 1;
  static final int WITH_E_SHORT = 2;
  static final int RENAMED = 3;
  static final int MOVED = 4;

  /** From this one to the last special one they are in no master. */
  private static final int UNKNOWN = 5;

  private static final String NEW_NAME = "Norwyn Holdings Inc";
  private static final String NEW_SECTOR = "Communication Services";
  private static final String ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

  private static final List<String> FIRST =
      List.of(
          "Alder",
          "Basalt",
          "Cobalt",
          "Dunmore",
          "Eastfield",
          "Fennimore",
          "Granite",
          "Harrow",
          "Ironwood",
          "Juniper",
          "Kestrel",
          "Larkspur",
          "Marlowe",
          "Northgate",
          "Oakhaven",
          "Pemberly",
          "Quarry",
          "Redstone",
          "Saltmarsh",
          "Thornbury",
          "Umber",
          "Verity",
          "Westbrook",
          "Yarrow",
          "Zephyr",
          "Ardent",
          "Bracken",
          "Corvid",
          "Driftwood");
  private static final List<String> SECOND =
      List.of(
          "Payments Inc",
          "Rail Corp",
          "& Finch Insurance plc",
          "Biologics Inc",
          "Energy Ltd",
          "Software Corp",
          "Foods Inc",
          "Logistics SA",
          "Zürich Re AG",
          "Power & Light Co",
          "Materials Corp",
          "Devices Inc",
          "Retail Group plc",
          "Networks Inc",
          "Timber REIT");
  private static final List<String> SECTORS =
      List.of(
          "Financials",
          "Industrials",
          "Health Care",
          "Energy",
          "Information Technology",
          "Consumer Staples",
          "Consumer Discretionary",
          "Materials",
          "Utilities",
          "Real Estate");

  private final Draw draw;
  private final List<Security> securities = new ArrayList<>();

  Universe(int count, Draw draw) {
    this.draw = draw;
    for (int index = 0; index < count; index++) {
      securities.add(created(index));
    }
  }

  int size() {
    return securities.size();
  }

  /**
   * The security as it is known on a day.
   *
   * @param changed whether the day is on or after the one on which a name and a sector change
   */
  Security security(int index, boolean changed) {
    Security security = securities.get(index);
    if (changed && index == RENAMED) {
      return security.named(NEW_NAME);
    }
    return changed && index == MOVED ? security.inSector(NEW_SECTOR) : security;
  }

  static boolean isInMaster(int index) {
    return index < UNKNOWN || index >= SPECIAL;
  }

  private Security created(int index) {
    String id = id(index);
    int names = FIRST.size() * SECOND.size();
    int shuffled = (int) ((index * 7919L + draw.below(names, "name")) % names);
    String name = FIRST.get(shuffled % FIRST.size()) + " " + SECOND.get(shuffled / FIRST.size());
    String series = index < names ? "" : " Series " + (index / names + 1);
    String sector = SECTORS.get(draw.below(SECTORS.size(), "sector", index));
    return new Security(id, name + series, ticker(index), isin(id), sector);
  }

  private String id(int index) {
    return switch (index) {
      case LEADING_ZERO -> "037833100";
      case WITH_E -> "00846E101";
      case WITH_E_SHORT -> "00846E10";
      default -> generatedId(index);
    };
  }

  /**
   * Five digits that are different for the first 100,000 securities, a letter or digit that tells
   * the later ones apart, and an issue number that none of the fixed ids has.
   */
  private String generatedId(int index) {
    int digits = (int) ((index * 7919L + draw.below(100_000, "digits")) % 100_000);
    int letter = (draw.below(36, "letter", digits) + index / 100_000) % 36;
    String base = String.format(Locale.ROOT, "%05d", digits) + ALPHABET.charAt(letter) + "20";
    int sum = 0;
    for (int place = 0; place < base.length(); place++) {
      int value = ALPHABET.indexOf(base.charAt(place)) * (place % 2 + 1);
      sum += value / 10 + value % 10;
    }
    return base + (10 - sum % 10) % 10;
  }

  private String ticker(int index) {
    int letters = 26 * 26 * 26 * 26;
    int rest = (int) ((index * 104_729L + draw.below(letters, "ticker")) % letters);
    StringBuilder ticker = new StringBuilder();
    for (int place = 0; place < 4; place++) {
      ticker.append((char) ('A' + rest % 26));
      rest /= 26;
    }
    return ticker.toString();
  }

  private static String isin(String id) {
    String base = "US" + (id.length() < 9 ? id + "0" : id);
    StringBuilder digits = new StringBuilder();
    base.chars().forEach(character -> digits.append(ALPHABET.indexOf(character)));
    int sum = 0;
    for (int place = 0; place < digits.length(); place++) {
      int doubled = (digits.length() - place) % 2 == 1 ? 2 : 1;
      int value = (digits.charAt(place) - '0') * doubled;
      sum += value / 10 + value % 10;
    }
    return base + (10 - sum % 10) % 10;
  }
}
