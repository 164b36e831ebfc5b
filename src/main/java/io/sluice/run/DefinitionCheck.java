package io.sluice.run;

import io.sluice.config.Pipeline;
import io.sluice.config.SilverTable;
import io.sluice.error.Reason;
import io.sluice.error.SluiceException;
import io.sluice.gold.SqlModels;
import io.sluice.lake.Definitions;
import io.sluice.lake.LakeState;
import io.sluice.lake.Layer;
import io.sluice.lake.RunScope;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Compares what each table is declared to be with what it was made as. */
final class DefinitionCheck {
  private DefinitionCheck() {}

  /** Names of the silver tables whose definition is not that of their rows. */
  static Set<String> changedSilver(RunScope scope) {
    Pipeline pipeline = scope.pipeline();
    return pipeline.silver().values().stream()
        .filter(
            table ->
                differs(
                    scope,
                    Layer.SILVER,
                    table.name(),
                    Definitions.silver(
                        table, pipeline.sources().get(table.from()), pipeline.zone())))
        .map(SilverTable::name)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /**
   * @param rebuilt names of tables that are about to be made anew
   * @param replayed names of silver tables whose definition of now is about to be accepted
   * @throws SluiceException DEFINITION_CHANGED naming every table whose definition is not that of
   *     its rows
   */
  static void require(RunScope scope, Set<String> rebuilt, Set<String> replayed) {
    List<String> changed = new ArrayList<>();
    Set<String> exempt = new HashSet<>(rebuilt);
    exempt.addAll(replayed);
    Pipeline pipeline = scope.pipeline();
    Set<String> silver = changedSilver(scope);
    silver.removeAll(exempt);
    silver.forEach(name -> changed.add("silver." + name));
    pipeline
        .gold()
        .forEach(
            (name, table) -> {
              String definition =
                  SqlModels.definition(scope.lake().spark(), table, scope.pipeline());
              if (differs(scope, Layer.GOLD, name, definition) && !exempt.contains(name)) {
                changed.add("gold." + name);
              }
            });
    if (!changed.isEmpty()) {
      String names =
          String.join(
              " ", changed.stream().map(name -> name.substring(name.indexOf('.') + 1)).toList());
      throw new SluiceException(
          Reason.DEFINITION_CHANGED,
          "The definition of " + String.join(", ", changed) + " changed since its rows were made",
          "rows made under the old definition would stand beside rows made under the new one",
          "Run 'sluice rebuild "
              + pipeline.definedIn()
              + " "
              + names
              + "' to make them anew"
              + (silver.isEmpty()
                  ? ""
                  : "; or 'sluice replay %s %s' to accept the new definition of silver from now on,"
                          .formatted(pipeline.definedIn(), String.join(" ", silver))
                      + " and try again what is rejected or held; or 'sluice run %s --accept-from DATE' to"
                          .formatted(pipeline.definedIn())
                      + " make silver anew from that business date on")
              + "; or undo the change.");
    }
  }

  private static boolean differs(RunScope scope, Layer layer, String table, String now) {
    Optional<LakeState> state = scope.lake().table(layer, table).state();
    return state.isPresent()
        && !state.get().definition().isEmpty()
        && !state.get().definition().equals(now);
  }
}
