SELECT
  portfolio_id,
  as_of_date,
  metric(total_nav),
  metric(num_holdings)
FROM stg_portfolio_holdings
GROUP BY portfolio_id, as_of_date
