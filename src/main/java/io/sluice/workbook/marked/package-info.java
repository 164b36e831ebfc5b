/**
 * Workbooks given back to their owners: copies in which what was rejected is coloured and carries
 * its reason, with a summary. The original is only read; values and formulas stay as they are.
 */
package io.sluice.workbook.marked;
