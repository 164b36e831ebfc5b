/**
 * A run: its stages and batches in order, row balance, report, lineage and alerts.
 *
 * <p>What a stage does to data belongs to the stage.
 */
package io.sluice.run;
