/**
 * The stage that copies gold into Postgres: the embedded server, the shape of the published tables,
 * and the publish itself.
 *
 * <p>Every statement that reaches Postgres stands here. How gold is computed, and which rows passed
 * a gate, does not.
 */
package io.sluice.warehouse;
