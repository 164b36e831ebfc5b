/**
 * Excel: open safely, find sheet and header, read cells, write marked copies.
 *
 * <p>No Spark, and no opinion on what a cell means.
 */
package io.sluice.workbook;
