/**
 * The third stage: typed rows become dimensions, facts, wide tables and aggregates.
 *
 * <p>Reads no workbook and writes no warehouse.
 */
package io.sluice.gold;
