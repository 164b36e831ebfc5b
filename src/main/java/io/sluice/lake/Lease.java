package io.sluice.lake;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.error.Reason;
import io.sluice.error.SluiceException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.FileAlreadyExistsException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;

/**
 * Keeps two runs of one pipeline from working at once. It saves work and gives a clear answer; what
 * makes two runs safe is that every commit is pinned to the state it started from.
 */
public final class Lease implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration TERM = Duration.ofMinutes(5);
  private static final Duration RENEWAL = Duration.ofMinutes(1);

  private final Path path;
  private final Configuration configuration;
  private final Holder holder;
  private final ScheduledExecutorService renewal;

  /**
   * Who holds a lease.
   *
   * @param host the machine
   * @param pid the process on it
   */
  record Holder(String run, String host, long pid, Instant since, Instant until) {
    byte[] toJson() throws IOException {
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("run", run);
      fields.put("host", host);
      fields.put("pid", pid);
      fields.put("since", since.toString());
      fields.put("until", until.toString());
      return JSON.writeValueAsBytes(fields);
    }

    /** Empty where the file does not say who holds the lease. */
    static Optional<Holder> parse(byte[] json) throws IOException {
      try {
        Map<?, ?> fields = JSON.readValue(json, Map.class);
        return Optional.of(
            new Holder(
                Objects.requireNonNull((String) fields.get("run")),
                Objects.requireNonNull((String) fields.get("host")),
                ((Number) fields.get("pid")).longValue(),
                Instant.parse((String) fields.get("since")),
                Instant.parse((String) fields.get("until"))));
      } catch (JacksonException | ClassCastException | DateTimeException | NullPointerException e) {
        return Optional.empty();
      }
    }

    boolean lapsed() {
      boolean died =
          host.equals(hostName()) && ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty();
      return died || Instant.now().isAfter(until);
    }
  }

  private Lease(Path path, Configuration configuration, Holder holder) {
    this.path = path;
    this.configuration = configuration;
    this.holder = holder;
    this.renewal =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "lease-renewal");
              thread.setDaemon(true);
              return thread;
            });
    renewal.scheduleAtFixedRate(
        this::renew, RENEWAL.toSeconds(), RENEWAL.toSeconds(), TimeUnit.SECONDS);
  }

  /**
   * Takes the lease of a pipeline's lake.
   *
   * @throws SluiceException PIPELINE_BUSY if another run holds it, LAKE_UNWRITABLE if it cannot be
   *     written
   */
  public static Lease take(Lake lake, String run) {
    Path path = new Path(lake.folder(Layer.OPS), "lease.json");
    Configuration configuration = lake.spark().sparkContext().hadoopConfiguration();
    Instant now = Instant.now();
    Holder mine = new Holder(run, hostName(), ProcessHandle.current().pid(), now, now.plus(TERM));
    try {
      try {
        AtomicFiles.create(path, mine.toJson(), configuration);
      } catch (FileAlreadyExistsException e) {
        Optional<Holder> other = read(path, configuration);
        if (other.isPresent() && !other.get().lapsed()) {
          throw busy(other.get());
        }
        path.getFileSystem(configuration).delete(path, false);
        AtomicFiles.create(path, mine.toJson(), configuration);
      }
    } catch (FileAlreadyExistsException e) {
      throw new SluiceException(
          Reason.PIPELINE_BUSY,
          "Another run holds the pipeline",
          "it took the lease that a dead run had left, a moment before this run",
          "Wait for it to end, then run again.",
          e);
    } catch (IOException e) {
      throw new SluiceException(
          Reason.LAKE_UNWRITABLE,
          "The lake cannot be written at " + path.getParent(),
          Failures.summary(e),
          "Check lake.root and its permissions.",
          e);
    }
    return new Lease(path, configuration, mine);
  }

  private static SluiceException busy(Holder other) {
    return new SluiceException(
        Reason.PIPELINE_BUSY,
        "Another run holds the pipeline",
        "run %s on %s (process %d) has held it since %s, renewed until %s"
            .formatted(other.run(), other.host(), other.pid(), other.since(), other.until()),
        "Wait for it to end, then run again. If that machine is gone, the lease lapses by itself.");
  }

  private void renew() {
    try {
      Optional<Holder> now = read(path, configuration);
      if (now.isPresent() && now.get().run().equals(holder.run())) {
        Holder renewed =
            new Holder(
                holder.run(),
                holder.host(),
                holder.pid(),
                holder.since(),
                Instant.now().plus(TERM));
        AtomicFiles.replace(path, renewed.toJson(), configuration);
      }
    } catch (IOException e) {
      // The next renewal tries again; a lease that lapses meanwhile costs nothing but the clear
      // answer.
      org.slf4j.LoggerFactory.getLogger(Lease.class)
          .warn("lease of run {} was not renewed: {}", holder.run(), Failures.summary(e));
    }
  }

  @Override
  public void close() {
    renewal.shutdownNow();
    try {
      Optional<Holder> now = read(path, configuration);
      if (now.isPresent() && now.get().run().equals(holder.run())) {
        path.getFileSystem(configuration).delete(path, false);
      }
    } catch (IOException e) {
      org.slf4j.LoggerFactory.getLogger(Lease.class)
          .warn("lease of run {} was not given back: {}", holder.run(), Failures.summary(e));
    }
  }

  private static Optional<Holder> read(Path path, Configuration configuration) throws IOException {
    try (FSDataInputStream in = path.getFileSystem(configuration).open(path)) {
      return Holder.parse(in.readAllBytes());
    } catch (FileNotFoundException e) {
      return Optional.empty();
    }
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }
}
