/**
 * Holds what is applied to a cluster against the operator's schema, our jar and our configuration.
 */
package io.sluice.deploy;
