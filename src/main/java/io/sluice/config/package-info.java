/**
 * What a pipeline file declares, as records, and their loader. Every key is declared once ({@code
 * *Keys}); validation, {@code reference.conf} and {@code docs/configuration.md} come from the
 * declarations. Nothing here knows Spark, or reads data.
 */
package io.sluice.config;
