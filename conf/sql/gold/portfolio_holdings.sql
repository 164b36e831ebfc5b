SELECT
  p.portfolio_id,
  p.portfolio_name,
  s.security_id,
  s.security_name,
  s.sector,
  d.date AS as_of_date,
  f.quantity,
  f.price,
  f.market_value,
  f.file_id,
  f.sheet_row
FROM fact_portfolio_holdings f
JOIN dim_date d ON d.date_key = f.date_key
JOIN dim_portfolio p ON p.portfolio_key = f.portfolio_key
JOIN dim_security s ON s.security_key = f.security_key
