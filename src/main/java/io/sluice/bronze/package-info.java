/**
 * The first stage: workbooks in the landing become rows of text in the lake.
 *
 * <p>No types and no rules of rows; those are the contract's, applied by silver.
 */
package io.sluice.bronze;
