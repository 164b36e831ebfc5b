/**
 * A cell's text and kind become a typed value, or a reason code that says why they cannot. Nothing
 * here knows Excel or Spark: silver and lint call the same rules.
 */
package io.sluice.contract;
