/**
 * Records for everything a pipeline file can say, and their loader.
 *
 * <p>No Spark; nothing that acts on what it says.
 */
package io.sluice.config;
