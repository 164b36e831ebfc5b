package io.sluice.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What to load.
 *
 * @param pipelineFile as the user named it; messages repeat it
 * @param environment NAME of the overlay {@code env/NAME.conf} beside the pipeline file
 * @param settings {@code key=value}, the last one of a key counts
 * @param home project directory: relative places written in files lie in it, those in settings lie
 *     in the working directory
 */
public record LoadRequest(
    Path pipelineFile, Optional<String> environment, List<String> settings, Path home) {
  public LoadRequest {
    settings = List.copyOf(settings);
  }
}
