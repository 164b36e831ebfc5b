/**
 * Measurements, side by side in one process on workbooks made for them. Nothing else uses this; it
 * uses what everybody uses.
 */
package io.sluice.benchmark;
