package io.sluice.config;

/** How much one batch of a run may take; the first of both limits ends it. */
public record Batch(int maxFiles, long maxBytes) {}
