package io.sluice.config;

import java.io.Serializable;

/**
 * A value that stands in a cell over the table and holds for all of its rows.
 *
 * @param column what the value becomes
 * @param label the text of the cell left of it, compared without case, blanks and a closing colon
 * @param extract regular expression whose first group is the value; empty for the whole text
 */
public record AboveCell(Column column, String label, String extract) implements Serializable {}
