/**
 * Gold: the star schema, wide tables and aggregates.
 *
 * <p>What shapes rows is a function from Dataset to Dataset, without I/O and without a clock; only
 * the stage itself reads and commits tables. Nothing here knows workbooks or the warehouse.
 */
package io.sluice.gold;
