/**
 * Delta tables: open, commit with progress, changed slices, ledger, lease, log store, maintenance.
 *
 * <p>The only room that knows the inside of Delta; no business rule lives here.
 */
package io.sluice.lake;
