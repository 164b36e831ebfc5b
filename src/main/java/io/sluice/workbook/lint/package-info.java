/**
 * What a pipeline would say of a workbook, found without Spark: the table is opened and its cells
 * are converted by the classes that bronze and silver call.
 */
package io.sluice.workbook.lint;
