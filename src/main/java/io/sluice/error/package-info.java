/**
 * What Sluice refuses, rejects or stops for: reason codes, exit codes, places, one exception.
 *
 * <p>Knows no other room, and no library.
 */
package io.sluice.error;
