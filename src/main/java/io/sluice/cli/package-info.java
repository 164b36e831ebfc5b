/**
 * The command line: one class a verb, exit codes, and what a terminal shows.
 *
 * <p>No pipeline logic, and of Spark no more than to start it.
 */
package io.sluice.cli;
