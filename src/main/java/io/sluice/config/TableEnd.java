package io.sluice.config;

import java.io.Serializable;

/**
 * Where the rows of a sheet's table end.
 *
 * @param atBlankRow whether the first blank row ends it; otherwise blank rows are skipped
 * @param totals regular expression: a row whose first cell with content matches it is not data, and
 *     ends the table; empty for none
 */
public record TableEnd(boolean atBlankRow, String totals) implements Serializable {}
