/**
 * Excel behind a row interface: open safely, find sheet, header and the cells above, read what is
 * stored. No other package knows a workbook's format, and nothing here knows Spark.
 */
package io.sluice.workbook;
