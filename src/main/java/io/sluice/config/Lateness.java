package io.sluice.config;

import java.io.Serializable;

/**
 * How late a workbook of a source may come.
 *
 * @param dateColumn the column of the slice that holds the business date
 * @param days how many days after that date it may be written to the landing without having to be
 *     approved
 */
public record Lateness(String dateColumn, int days) implements Serializable {}
