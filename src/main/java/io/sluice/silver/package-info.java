/**
 * The second stage: rows of text become typed rows under a contract, or rejects with a reason.
 *
 * <p>How a cell becomes a value is written in contract; other stages are not known here.
 */
package io.sluice.silver;
