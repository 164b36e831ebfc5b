/**
 * A draft of a pipeline from the workbooks that it is to read. What it guesses it says, with the
 * evidence beside it: the draft is for a person to edit, and reads those workbooks as it stands.
 */
package io.sluice.workbook.infer;
