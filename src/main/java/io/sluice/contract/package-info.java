/**
 * A cell's text and kind become a typed value or a reason code; for silver and lint alike.
 *
 * <p>No Spark, no I/O, no clock.
 */
package io.sluice.contract;
