package io.sluice.config;

/**
 * A checked pipeline.
 *
 * @param effective every value in effect as HOCON, with file and line where it was written, secrets
 *     masked
 */
public record LoadedPipeline(Pipeline pipeline, String effective) {}
