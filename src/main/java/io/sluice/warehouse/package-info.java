/**
 * The fourth stage: gold is published to Postgres, in one transaction.
 *
 * <p>Computes nothing that gold could have computed.
 */
package io.sluice.warehouse;
