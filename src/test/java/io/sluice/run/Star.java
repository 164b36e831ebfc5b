package io.sluice.run;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.ss.usermodel.Sheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;

/** A small star schema with masters, and its workbooks. */
final class Star {
  static final String CONF =
      """
      pipeline.name = NAME
      landing.root = "landing"
      warehouse { url = embedded, schema = NAME }

      sources.holdings {
        files = "holdings/**/*.xlsx"
        slice = [portfolio_id, as_of_date]
        order = modified-time
        expected-by = "07:30"
        above { as_of_date { label = "As of", type = date } }
        columns {
          portfolio_id { type = string, required = true }
          security_id { type = string, required = true }
          security_name { type = string }
          quantity { type = "decimal(20,4)", required = true }
          market_value { type = "decimal(20,4)", required = true }
        }
        limits { rejected-rows = 50% }
      }
      sources.securities {
        files = "securities/*.xlsx"
        slice = [as_of_date]
        above { as_of_date { label = "As of", type = date } }
        columns {
          security_id { type = string, required = true }
          security_name { type = string }
          sector { type = string }
        }
      }
      sources.portfolios {
        files = "portfolios/*.xlsx"
        slice = [as_of_date]
        above { as_of_date { label = "As of", type = date } }
        columns {
          portfolio_id { type = string, required = true }
          portfolio_name { type = string }
        }
      }

      silver {
        stg_holdings {
          from = holdings
          key = [portfolio_id, security_id, as_of_date]
          partition-by-date = as_of_date
          rules = [{ name = long-only, row = "quantity >= 0" }]
          gate = [{ range = market_value, min = 0, max = 1000000 }]
        }
        stg_securities { from = securities, key = [security_id, as_of_date] }
        stg_portfolios { from = portfolios, key = [portfolio_id, as_of_date] }
      }

      gold {
        dim_date { calendar { from = 2024-01-01, to = 2024-01-31 } }
        dim_security {
          dimension {
            from = [stg_securities, stg_holdings], key = security_id, as-of = as_of_date
            history = [security_name], overwrite = [sector]
          }
        }
        dim_portfolio {
          dimension {
            from = [stg_portfolios], key = portfolio_id, as-of = as_of_date, history = [portfolio_name]
          }
        }
        fact_holdings {
          fact {
            from = stg_holdings, grain = [portfolio_id, security_id, as_of_date], date = as_of_date
            dimensions = [dim_portfolio, dim_security]
            measures = [quantity, market_value]
          }
          partition-by-date = as_of_date
        }
        daily_nav { sql = "nav.sql", date = as_of_date }
        wide { sql = "wide.sql", partition-by-date = as_of_date }
      }
      publish.tables = [dim_date, dim_security, dim_portfolio, fact_holdings, daily_nav]
      """;

  static final String WITH_NAV_ONLY =
      CONF.substring(0, CONF.indexOf("gold {"))
          + """
          gold.daily_nav { sql = "nav.sql", date = as_of_date }
          publish.tables = [daily_nav]
          """;

  static final String NAV =
      """
      SELECT portfolio_id, as_of_date, SUM(market_value) AS total_nav
      FROM stg_holdings GROUP BY portfolio_id, as_of_date
      """;

  static final String WIDE =
      """
      SELECT d.date AS as_of_date, p.portfolio_id, p.portfolio_name, s.security_id, s.security_name,
        f.market_value
      FROM fact_holdings f
      JOIN dim_date d ON d.date_key = f.date_key
      JOIN dim_portfolio p ON p.portfolio_key = f.portfolio_key
      JOIN dim_security s ON s.security_key = f.security_key
      """;

  private Star() {}

  /** Rows as {@code portfolio|security|name|quantity|market value}. */
  static byte[] holdings(String date, String... rows) {
    return workbook(date, "portfolio id|security id|security name|quantity|market value", rows);
  }

  /** Rows as {@code security|name|sector}. */
  static byte[] securities(String date, String... rows) {
    return workbook(date, "security id|security name|sector", rows);
  }

  /** Rows as {@code portfolio|name}. */
  static byte[] portfolios(String date, String... rows) {
    return workbook(date, "portfolio id|portfolio name", rows);
  }

  /** Texts that are numbers become numbers; an empty text is no cell. The headers are in row 3. */
  static byte[] workbook(String date, String headers, String... rows) {
    try (XSSFWorkbook workbook = new XSSFWorkbook();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream()) {
      Sheet sheet = workbook.createSheet("Data");
      fill(sheet.createRow(0), "As of|" + date);
      fill(sheet.createRow(2), headers);
      for (int i = 0; i < rows.length; i++) {
        fill(sheet.createRow(3 + i), rows[i]);
      }
      workbook.write(bytes);
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void fill(Row row, String cells) {
    String[] texts = cells.split("\\|", -1);
    for (int i = 0; i < texts.length; i++) {
      if (texts[i].isEmpty()) {
        continue;
      }
      Cell cell = row.createCell(i);
      if (texts[i].matches("-?\\d+(\\.\\d+)?")) {
        cell.setCellValue(Double.parseDouble(texts[i]));
      } else {
        cell.setCellValue(texts[i]);
      }
    }
  }
}
