package io.sluice.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sluice.cli.Sluice;
import io.sluice.config.LoadRequest;
import io.sluice.config.Pipeline;
import io.sluice.config.PipelineLoader;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManifestsTest {
  private static final Path PROJECT = Path.of("").toAbsolutePath();
  private static final Path FOLDER = PROJECT.resolve("k8s/spark-operator");
  private static final Path DEFINITION =
      PROJECT.resolve("../shared/data/crd/sparkoperator.k8s.io_sparkapplications.yaml");
  private static final String SECRETS = "/var/run/secrets/sluice/warehouse";
  private static final Pattern SECRET =
      Pattern.compile("(?i)secret|password|passwd|token|access.?key|credential");

  private final Manifest manifest;

  ManifestsTest() throws IOException {
    manifest = Manifest.read(FOLDER.resolve("sluice-run.yaml"));
  }

  @Test
  void namesWhatItIs() {
    assertThat(manifest.get("apiVersion")).isEqualTo("sparkoperator.k8s.io/v1beta2");
    assertThat(manifest.get("kind")).isEqualTo("SparkApplication");
    assertThat(manifest.object("spec"))
        .containsKeys("type", "sparkVersion", "mainApplicationFile", "driver", "executor")
        .containsEntry("mode", "cluster")
        .containsEntry("restartPolicy", Map.of("type", "Never"));
    assertThat((Integer) manifest.get("spec", "timeToLiveSeconds")).isPositive();
  }

  @Test
  void hasANameThatLeavesRoomForAirflowsSuffix() {
    assertThat((String) manifest.get("metadata", "name"))
        .matches("[a-z]([-a-z0-9]*[a-z0-9])?")
        .hasSizeLessThanOrEqualTo(63 - "-12345678".length())
        .doesNotContain("-driver");
  }

  @Test
  void asksForTheVersionsOfTheBuild() throws IOException {
    String dockerfile = Files.readString(FOLDER.resolve("Dockerfile"));
    String pom = Files.readString(PROJECT.resolve("pom.xml"));
    String spark = first(pom, "<spark.version>(.+)</spark.version>");
    String hadoop = first(pom, "<hadoop.version>(.+)</hadoop.version>");

    assertThat(manifest.get("spec", "sparkVersion")).isEqualTo(spark);
    assertThat(dockerfile)
        .contains("FROM apache/spark:" + spark + "-scala2.12-java17-")
        .contains("ARG VERSION=" + first(pom, "<version>(.+)</version>") + "\n")
        .contains(
            "hadoop-client-api-" + hadoop + ".jar", "hadoop-client-runtime-" + hadoop + ".jar")
        .contains("target/sluice-${VERSION}-spark.jar /opt/sluice/sluice.jar\n")
        .endsWith("USER 185:185\n");
    assertThat(manifest.get("spec", "mainApplicationFile"))
        .isEqualTo("local:///opt/sluice/sluice.jar");
  }

  @Test
  void startsAMainClassOfOurs() throws ReflectiveOperationException {
    Class<?> main = Class.forName((String) manifest.get("spec", "mainClass"));

    assertThat(Modifier.isStatic(main.getMethod("main", String[].class).getModifiers())).isTrue();
  }

  @Test
  void givesArgumentsThatTheCommandLineTakes() {
    String[] asItStands = manifest.arguments().toArray(String[]::new);
    List<String> asAirflowSendsIt = new ArrayList<>(manifest.arguments());
    asAirflowSendsIt.addAll(List.of("--from", "2024-01-15", "--to", "2024-01-16"));

    assertThat(Sluice.commandLine().parseArgs(asItStands).subcommand().commandSpec().name())
        .isEqualTo("run");
    assertThat(
            Sluice.commandLine()
                .parseArgs(asAirflowSendsIt.toArray(String[]::new))
                .subcommand()
                .unmatched())
        .isEmpty();
  }

  @Test
  void mountsAllThatThePipelineReads(@TempDir Path mount) throws IOException {
    for (Object item :
        Manifest.list(Manifest.at(manifest.driverVolumeAt("/etc/sluice"), "configMap", "items"))) {
      Path path = Path.of((String) Manifest.at(item, "path"));
      assertThat(Manifest.at(item, "key")).isEqualTo(path.getFileName().toString());
      Path target = mount.resolve(path);
      Files.createDirectories(target.getParent());
      Files.copy(PROJECT.resolve("conf").resolve(path), target);
    }
    assertThat(manifest.arguments())
        .containsSubsequence("run", "/etc/sluice/portfolio.conf", "--env", "cluster");

    Pipeline pipeline =
        PipelineLoader.load(
                new LoadRequest(
                    mount.resolve("portfolio.conf"),
                    Optional.of("cluster"),
                    manifest.settings(),
                    mount))
            .pipeline();

    assertThat(pipeline.spark()).containsEntry("spark.master", "local[*]");
    assertThat(pipeline.landing()).startsWith("s3a://");
    assertThat(pipeline.warehouse().url()).startsWith("jdbc:postgresql://");
    assertThat(pipeline.warehouse().user().reference()).isEqualTo("file:" + SECRETS + "/username");
    assertThat(pipeline.warehouse().password().reference())
        .isEqualTo("file:" + SECRETS + "/password");
  }

  @Test
  void mountsTheCredentialsAsFilesThatOnlyTheApplicationReads() {
    Map<String, Object> secret = Manifest.map(manifest.driverVolumeAt(SECRETS).get("secret"));

    assertThat(secret).containsEntry("defaultMode", 0440);
    assertThat(Manifest.list(secret.get("items")))
        .extracting(item -> Manifest.at(item, "path"))
        .contains("username", "password");
  }

  @Test
  void tellsNoSecretWhereItCanBeRead() {
    assertThat(manifest.object("spec", "sparkConf").keySet()).noneMatch(SECRET.asPredicate());
    assertThat(manifest.object("spec", "hadoopConf").keySet())
        .filteredOn(SECRET.asPredicate())
        .containsOnly("fs.s3a.aws.credentials.provider");
    assertThat(manifest.settings())
        .filteredOn(SECRET.asPredicate())
        .allMatch(setting -> setting.contains("=file:" + SECRETS + "/"));
    for (String role : List.of("driver", "executor")) {
      assertThat(manifest.object("spec", role))
          .doesNotContainKeys("env", "envFrom", "envVars", "envSecretKeyRefs", "secrets");
      assertThat(manifest.container(role)).doesNotContainKeys("env", "envFrom");
    }
  }

  @Test
  void setsSparkOnlyWhatTheOperatorAdmits() {
    Map<String, Object> conf = manifest.object("spec", "sparkConf");

    assertThat(conf.values()).allMatch(String.class::isInstance);
    assertThat(manifest.object("spec", "hadoopConf").values()).allMatch(String.class::isInstance);
    assertThat(conf.keySet())
        .noneMatch(key -> key.equals("spark.master"))
        .noneMatch(key -> key.startsWith("spark.kubernetes.authenticate."))
        .noneMatch(key -> key.endsWith("container.image"));
  }

  @Test
  void countsTheCoresThatThePodMayUse() {
    Map<String, Object> driver = manifest.object("spec", "driver");

    assertThat(driver.get("coreLimit"))
        .isEqualTo(String.valueOf(driver.get("cores")))
        .isEqualTo(driver.get("coreRequest"));
  }

  @Test
  void runsRestricted() {
    for (String role : List.of("driver", "executor")) {
      assertThat(manifest.container(role)).containsEntry("name", "spark-kubernetes-" + role);
      assertThat(manifest.pod(role)).containsEntry("automountServiceAccountToken", false);
      assertThat(Manifest.map(manifest.pod(role).get("securityContext")))
          .containsEntry("runAsNonRoot", true)
          .containsEntry("runAsUser", 185)
          .containsEntry("runAsGroup", 185)
          .containsEntry("seccompProfile", Map.of("type", "RuntimeDefault"));
      assertThat(Manifest.map(manifest.container(role).get("securityContext")))
          .containsEntry("allowPrivilegeEscalation", false)
          .containsEntry("privileged", false)
          .containsEntry("readOnlyRootFilesystem", true)
          .containsEntry("capabilities", Map.of("drop", List.of("ALL")));
    }
  }

  @Test
  void canWriteWhereSparkAndJavaWrite() {
    for (String place : List.of("/tmp", "/opt/spark/work-dir")) {
      assertThat(manifest.driverVolumeAt(place)).containsKey("emptyDir");
    }
  }

  /** Airflow takes a text that ends so for the name of a template file, wherever it stands. */
  @Test
  void holdsNoTextThatAirflowTakesForAFile() {
    assertThat(texts(manifest.root()))
        .hasSizeGreaterThan(50)
        .noneMatch(text -> text.endsWith("yaml") || text.endsWith("yml") || text.endsWith("json"))
        .noneMatch(text -> text.contains("{{") || text.contains("{%"));
  }

  @Test
  void fitsTheOperatorsSchema() throws IOException {
    assertThat(problems(schema(), manifest)).isEmpty();
  }

  @Test
  void isNotFitForTheSchemaOnceBroken() throws IOException {
    CustomResourceSchema schema = schema();
    String text = Files.readString(FOLDER.resolve("sluice-run.yaml"));

    assertThat(broken(schema, text, "sparkVersion: 3.5.8", "sparkVersions: 3.5.8"))
        .contains(".spec.sparkVersions: is not a known field", ".spec.sparkVersion: is missing");
    assertThat(broken(schema, text, "type: Java", "type: java"))
        .containsExactly(".spec.type: java is none of [Java, Python, Scala, R]");
    assertThat(broken(schema, text, "enabled: \"true\"", "enabled: true"))
        .containsExactly(".spec.sparkConf.spark.io.encryption.enabled: true is not of type string");
    assertThat(broken(schema, text, "cores: 4", "cores: \"4\""))
        .containsExactly(".spec.driver.cores: 4 is not of type integer");
    assertThat(broken(schema, text, "instances: 1", "instances: 0"))
        .containsExactly(".spec.executor.instances: 0 is less than 1");
    assertThat(broken(schema, text, "readOnlyRootFilesystem: true", "readonlyRoot: true"))
        .containsExactly("driver container.securityContext.readonlyRoot: is not a known field");
    assertThat(broken(schema, text, "secretName: sluice-warehouse", "name: sluice-warehouse"))
        .containsExactly("driver volumes[1].secret.name: is not a known field");
  }

  private static List<String> broken(
      CustomResourceSchema schema, String text, String from, String to) {
    int at = text.indexOf(from);
    assertThat(at).as(from).isNotNegative();
    return problems(
        schema, Manifest.parse(text.substring(0, at) + to + text.substring(at + from.length())));
  }

  /**
   * The definition leaves pod templates open; their parts stand elsewhere in it, as the fields that
   * templates replace.
   */
  private static List<String> problems(CustomResourceSchema schema, Manifest manifest) {
    List<String> problems = new ArrayList<>(schema.problems("", manifest.root()));
    for (String role : List.of("driver", "executor")) {
      CustomResourceSchema part = schema.part("spec", role);
      Map<String, Object> pod = manifest.pod(role);
      pod.keySet().stream()
          .filter(
              name ->
                  !List.of(
                          "automountServiceAccountToken",
                          "containers",
                          "securityContext",
                          "terminationGracePeriodSeconds",
                          "volumes")
                      .contains(name))
          .forEach(name -> problems.add(role + " pod." + name + ": is not a checked field"));
      problems.addAll(
          part.part("podSecurityContext")
              .problems(role + " pod.securityContext", pod.get("securityContext")));
      problems.addAll(
          part.part("sidecars").problems(role + " container", manifest.container(role)));
      List<Object> volumes = Manifest.list(pod.get("volumes"));
      for (int i = 0; i < volumes.size(); i++) {
        problems.addAll(
            schema.part("spec", "volumes").problems(role + " volumes[" + i + "]", volumes.get(i)));
      }
    }
    return problems;
  }

  private static CustomResourceSchema schema() throws IOException {
    assumeTrue(Files.exists(DEFINITION), "the operator's definitions are not at hand");
    return CustomResourceSchema.of(DEFINITION, "v1beta2");
  }

  private static List<String> texts(Object value) {
    List<String> texts = new ArrayList<>();
    if (value instanceof Map<?, ?> map) {
      map.values().forEach(each -> texts.addAll(texts(each)));
    } else if (value instanceof List<?> list) {
      list.forEach(each -> texts.addAll(texts(each)));
    } else {
      texts.add(String.valueOf(value));
    }
    return texts;
  }

  private static String first(String text, String pattern) {
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    assertThat(matcher.find()).as(pattern).isTrue();
    return matcher.group(1);
  }
}
