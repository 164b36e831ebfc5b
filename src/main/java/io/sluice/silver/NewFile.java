package io.sluice.silver;

/**
 * A file that a batch brings, or takes back.
 *
 * @param rows its rows in bronze
 * @param bronzeBatch the batch of bronze that holds them
 * @param retracted whether the batch takes it back, rather than bringing it
 */
record NewFile(String uri, long rows, long bronzeBatch, boolean retracted) {}
