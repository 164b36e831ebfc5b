/**
 * Announces gold to Glue, for Athena.
 *
 * <p>Writes no data.
 */
package io.sluice.catalog;
