package io.sluice.config;

import java.io.Serializable;

/**
 * A value that stands in a cell over the table and holds for all of its rows.
 *
 * @param column what the value becomes
 * @param label the text of the cell left of it, compared without case, blanks and a closing colon;
 *     empty where it stands at a fixed address
 * @param extract regular expression whose first group is the value; empty for the whole text
 * @param cell its address such as {@code B2}; empty where it is found by its label
 */
public record AboveCell(Column column, String label, String extract, String cell)
    implements Serializable {}
