SELECT
  portfolio_id,
  as_of_date,
  SUM(market_value) AS total_nav,
  COUNT(DISTINCT security_id) AS num_holdings
FROM stg_portfolio_holdings
GROUP BY portfolio_id, as_of_date
