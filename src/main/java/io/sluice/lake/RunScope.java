package io.sluice.lake;

import io.sluice.config.Pipeline;

/** What every stage of one run shares. */
public record RunScope(Pipeline pipeline, Lake lake, String runId) {}
