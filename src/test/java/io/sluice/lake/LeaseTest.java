package io.sluice.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sluice.error.ExitCode;
import io.sluice.error.Reason;
import io.sluice.error.SluiceException;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LeaseTest {
  @TempDir Path folder;

  @Test
  void isHeldByOneRunAtATime() throws IOException {
    try (Lease first = Lease.take(Lakes.in(folder), "run-1")) {
      assertThat(first).isNotNull();
      String held = Files.readString(file());

      SluiceException refusal = busy("run-2");

      assertThat(refusal.reason()).isEqualTo(Reason.PIPELINE_BUSY);
      assertThat(refusal.exitCode()).isEqualTo(ExitCode.PIPELINE_BUSY);
      assertThat(refusal.why())
          .startsWith(
              "run run-1 on %s (process %d) has held it since "
                  .formatted(
                      InetAddress.getLocalHost().getHostName(), ProcessHandle.current().pid()));
      assertThat(file()).hasContent(held);
    }
  }

  @Test
  void isFreeAgainOnceGivenBack() {
    Lease.take(Lakes.in(folder), "run-1").close();
    assertThat(file()).doesNotExist();

    try (Lease second = Lease.take(Lakes.in(folder), "run-2")) {
      assertThat(second).isNotNull();
      assertThat(file()).content().contains("\"run\":\"run-2\"");
    }
  }

  @Test
  void isTakenFromAProcessOfThisMachineThatDied() throws Exception {
    Process dead =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-version")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    dead.waitFor();
    leave(InetAddress.getLocalHost().getHostName(), dead.pid(), Instant.now().plusSeconds(300));

    assertTaken();
  }

  @Test
  void isTakenOnceItLapsed() throws Exception {
    leave("another-machine", 1, Instant.now().minusSeconds(1));

    assertTaken();
  }

  @Test
  void isNotTakenFromAnotherMachineBeforeItLapses() throws Exception {
    leave("another-machine", 1, Instant.now().plusSeconds(300));

    assertThat(busy("run-2").why()).startsWith("run run-0 on another-machine (process 1)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "null",
        "{}",
        "{\"run\":\"run-0\",\"host\":\"h\",\"pid\":1}",
        "{\"run\":\"run-0\",\"host\":\"h\",\"pid\":\"x\",\"since\":\"a\",\"until\":\"b\"}",
        "{\"run\":1,\"host\":2,\"pid\":1,\"since\":\"2024-01-01T00:00:00Z\",\"until\":\"9\"}"
      })
  void isTakenWhereTheFileDoesNotSayWhoHoldsIt(String content) throws IOException {
    leave(content);

    assertTaken();
  }

  @Test
  void isNotGivenBackByARunThatLostIt() throws Exception {
    Lease lost = Lease.take(Lakes.in(folder), "run-1");
    leave("another-machine", 1, Instant.now().plusSeconds(300));

    lost.close();

    assertThat(file()).content().contains("\"run\":\"run-0\"");
  }

  @Test
  void isClosedQuietlyWhereTheFileIsBroken() throws Exception {
    Lease lost = Lease.take(Lakes.in(folder), "run-1");
    leave("{");

    lost.close();

    assertThat(file()).hasContent("{");
  }

  @Test
  void saysSoWhereTheLakeCannotBeWritten() throws IOException {
    Path notAFolder = Files.writeString(folder.resolve("file"), "x");

    SluiceException refusal =
        catchThrowableOfType(
            SluiceException.class, () -> Lease.take(Lakes.in(notAFolder), "run-1"));

    assertThat(refusal.reason()).isEqualTo(Reason.LAKE_UNWRITABLE);
    assertThat(refusal.exitCode()).isEqualTo(ExitCode.INFRASTRUCTURE);
    assertThat(refusal.problem())
        .isEqualTo("The lake cannot be written at " + notAFolder + "/p/ops");
  }

  @Test
  void goesToOneOfManyThatAskAtOnce() throws Exception {
    int runs = 6;
    ExecutorService threads = Executors.newFixedThreadPool(runs);
    CyclicBarrier together = new CyclicBarrier(runs);
    List<Callable<Lease>> asking = new ArrayList<>();
    Lake lake = Lakes.in(folder);
    for (int i = 0; i < runs; i++) {
      String run = "run-" + i;
      asking.add(
          () -> {
            together.await();
            try {
              return Lease.take(lake, run);
            } catch (SluiceException e) {
              assertThat(e.reason()).isEqualTo(Reason.PIPELINE_BUSY);
              return null;
            }
          });
    }
    List<Lease> taken = new ArrayList<>();
    try {
      for (Future<Lease> one : threads.invokeAll(asking)) {
        if (one.get() != null) {
          taken.add(one.get());
        }
      }
    } finally {
      threads.shutdownNow();
    }

    assertThat(taken).hasSize(1);
    taken.get(0).close();
    try (Stream<Path> left = Files.list(file().getParent())) {
      assertThat(left).isEmpty();
    }
  }

  private void assertTaken() {
    try (Lease taken = Lease.take(Lakes.in(folder), "run-2")) {
      assertThat(taken).isNotNull();
      assertThat(file()).content().contains("\"run\":\"run-2\"");
    }
    assertThat(file()).doesNotExist();
  }

  private SluiceException busy(String run) {
    SluiceException refusal =
        catchThrowableOfType(SluiceException.class, () -> Lease.take(Lakes.in(folder), run));
    assertThat(refusal.reason()).isEqualTo(Reason.PIPELINE_BUSY);
    return refusal;
  }

  private void leave(String host, long pid, Instant until) throws IOException {
    leave(
        "{\"run\":\"run-0\",\"host\":\"%s\",\"pid\":%d,\"since\":\"2024-01-01T00:00:00Z\",\"until\":\"%s\"}"
            .formatted(host, pid, until));
  }

  private void leave(String content) throws IOException {
    Files.createDirectories(file().getParent());
    Files.writeString(file(), content);
  }

  private Path file() {
    return folder.resolve("p/ops/lease.json");
  }
}
