/**
 * Gates: checks that a candidate must pass before its commit, limits, and metric history.
 *
 * <p>The only room that imports Deequ; commits no data of a stage.
 */
package io.sluice.quality;
