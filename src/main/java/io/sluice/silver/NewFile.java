package io.sluice.silver;

/**
 * A file that a batch brings.
 *
 * @param rows its rows in bronze
 * @param bronzeBatch the batch of bronze that holds them
 */
record NewFile(String uri, long rows, long bronzeBatch) {}
