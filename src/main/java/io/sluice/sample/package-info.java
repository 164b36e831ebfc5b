/**
 * Sample workbooks: a landing folder as real desks fill it, mess included, the same bytes for the
 * same seed. Only the command line uses it. It reads no configuration, no lake and no clock, and
 * nothing of the pipeline depends on it.
 */
package io.sluice.sample;
