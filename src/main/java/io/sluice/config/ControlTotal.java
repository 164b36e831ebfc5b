package io.sluice.config;

/**
 * What a table by SQL must add up to: on each business date the sum of one of its columns is that
 * of a measure of a fact table.
 */
public record ControlTotal(String column, String fact, String measure) {}
