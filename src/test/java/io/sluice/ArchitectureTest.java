package io.sluice;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.Architectures;
import com.tngtech.archunit.library.Architectures.LayeredArchitecture;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.util.ArrayList;
import java.util.List;

/** The rooms of the code, and the one way in which arrows between them point. */
@AnalyzeClasses(packages = "io.sluice", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String ROOT = "io.sluice.";

  /** From the door to the foundation; rooms of one line do not know each other. */
  private static final List<List<String>> FLOORS =
      List.of(
          List.of("cli"),
          List.of("run", "benchmark"),
          List.of("bronze", "silver", "gold", "warehouse", "catalog", "sample"),
          List.of("quality"),
          List.of("lake"),
          List.of("workbook"),
          List.of("contract"),
          List.of("config"),
          List.of("error"));

  @ArchTest static final ArchRule arrowsPointDown = floors();

  @ArchTest
  static final ArchRule roomsHaveNoCycles =
      SlicesRuleDefinition.slices().matching("io.sluice.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule theFoundationKnowsNoSpark =
      noClasses()
          .that()
          .resideInAnyPackage(rooms("workbook", "contract", "config", "error", "sample"))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.spark..", "io.delta..", "org.apache.hadoop..", "scala..")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule theCommandLineOnlyStartsSpark =
      noClasses()
          .that()
          .resideInAnyPackage(rooms("cli"))
          .should()
          .dependOnClassesThat(sparkBeyondItsSession())
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule onlyQualityKnowsDeequ =
      noClasses()
          .that()
          .resideOutsideOfPackage(ROOT + "quality..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.amazon.deequ..")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule onlyLakeKnowsTheInsideOfDelta =
      noClasses()
          .that()
          .resideOutsideOfPackage(ROOT + "lake..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.spark.sql.delta..", "io.delta.storage..")
          .allowEmptyShould(true);

  private static LayeredArchitecture floors() {
    LayeredArchitecture house =
        Architectures.layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .ensureAllClassesAreContainedInArchitectureIgnoring("io.sluice");
    List<String> above = new ArrayList<>();
    for (List<String> floor : FLOORS) {
      for (String room : floor) {
        house = house.optionalLayer(room).definedBy(ROOT + room + "..");
      }
    }
    for (List<String> floor : FLOORS) {
      for (String room : floor) {
        house =
            above.isEmpty()
                ? house.whereLayer(room).mayNotBeAccessedByAnyLayer()
                : house.whereLayer(room).mayOnlyBeAccessedByLayers(above.toArray(String[]::new));
      }
      above.addAll(floor);
    }
    return house;
  }

  private static DescribedPredicate<JavaClass> sparkBeyondItsSession() {
    return DescribedPredicate.describe(
        "are of Spark, but not its session",
        type ->
            type.getPackageName().startsWith("org.apache.spark")
                && !type.getName().startsWith("org.apache.spark.sql.SparkSession"));
  }

  private static String[] rooms(String... names) {
    return List.of(names).stream().map(name -> ROOT + name + "..").toArray(String[]::new);
  }
}
