package io.sluice.bronze;

import io.sluice.config.Pipeline;
import io.sluice.config.Source;
import io.sluice.lake.BronzeTable;
import io.sluice.workbook.WorkbookTable;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.CollectionAccumulator;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Workbooks as a Dataset: the columns of bronze without the batch. What became of each file is
 * known once the rows were read.
 */
final class WorkbookDataset {
  /**
   * Several tasks a core, so that one long workbook at the end does not keep the others waiting.
   */
  private static final int TASKS_PER_CORE = 4;

  /**
   * Each task writes a file of its own: no more of them than the cores need, while these are few.
   */
  private static final long WORTH_A_TASK = 8L << 20;

  private final Source source;
  private final Dataset<Row> rows;
  private final CollectionAccumulator<FileOutcome> outcomes;

  WorkbookDataset(SparkSession spark, Pipeline pipeline, Source source, List<LandedFile> files) {
    this.source = source;
    this.outcomes = spark.sparkContext().collectionAccumulator("outcomes of files");
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    JavaRDD<InternalRow> read =
        source.reader() == Source.Reader.SPARK_EXCEL
            ? context.parallelize(onDriver(spark, pipeline, files))
            : inTasks(context, pipeline, files);
    this.rows = spark.internalCreateDataFrame(read.rdd(), schema(source), false);
  }

  /** The rows of all files, those of refused ones among them. To be read once. */
  Dataset<Row> rows() {
    return rows;
  }

  /** What became of each file, once the rows were read. */
  List<FileOutcome> outcomes() {
    // A task that ran twice tells of its files twice.
    Map<String, FileOutcome> byUri = new LinkedHashMap<>();
    outcomes.value().forEach(outcome -> byUri.put(outcome.uri(), outcome));
    return List.copyOf(byUri.values());
  }

  private JavaRDD<InternalRow> inTasks(
      JavaSparkContext context, Pipeline pipeline, List<LandedFile> files) {
    Broadcast<SerializableConfiguration> configuration =
        context.broadcast(new SerializableConfiguration(context.hadoopConfiguration()));
    List<List<LandedFile>> tasks = pack(files, tasks(files, context.defaultParallelism()));
    String root = pipeline.landing();
    ZoneId zone = pipeline.zone();
    Source contract = source;
    CollectionAccumulator<FileOutcome> told = outcomes;
    return context
        .parallelize(tasks, tasks.size())
        .mapPartitions(
            partition -> {
              LocalCopy.Landing from = new LocalCopy.Landing(root, configuration.value().value());
              List<LandedFile> ofTask = new ArrayList<>();
              partition.forEachRemaining(ofTask::addAll);
              return new Concatenated(
                  ofTask.iterator(),
                  file ->
                      WorkbookRows.of(contract, zone, file, from, WorkbookTable::open, told::add));
            });
  }

  /** A source of Spark's cannot be read within a task. */
  private List<InternalRow> onDriver(
      SparkSession spark, Pipeline pipeline, List<LandedFile> files) {
    LocalCopy.Landing from =
        new LocalCopy.Landing(pipeline.landing(), spark.sparkContext().hadoopConfiguration());
    SparkExcel texts = new SparkExcel(spark, source);
    List<InternalRow> all = new ArrayList<>();
    for (LandedFile file : files) {
      WorkbookRows.of(
              source,
              pipeline.zone(),
              file,
              from,
              (path, uri, contract) -> WorkbookTable.open(path, uri, contract, texts),
              outcomes::add)
          .forEachRemaining(all::add);
    }
    return all;
  }

  /** The columns of a source's rows. */
  static StructType schema(Source source) {
    StructType schema = new StructType();
    for (var field : BronzeTable.schema(source).fields()) {
      if (!field.name().equals(BronzeTable.BATCH)) {
        schema = schema.add(field);
      }
    }
    return schema;
  }

  /** How many tasks read some files at {@code cores} cores. */
  static int tasks(List<LandedFile> files, int cores) {
    long bytes = files.stream().mapToLong(LandedFile::size).sum();
    return (int) Math.max(cores, Math.min((long) cores * TASKS_PER_CORE, bytes / WORTH_A_TASK));
  }

  /**
   * Files by bytes into at most {@code bins} tasks: the largest first, each to the emptiest task.
   */
  static List<List<LandedFile>> pack(List<LandedFile> files, int bins) {
    int count = Math.max(1, Math.min(bins, files.size()));
    List<List<LandedFile>> tasks = new ArrayList<>();
    long[] bytes = new long[count];
    for (int i = 0; i < count; i++) {
      tasks.add(new ArrayList<>());
    }
    List<LandedFile> largestFirst = new ArrayList<>(files);
    largestFirst.sort(
        Collections.reverseOrder(Comparator.comparingLong(LandedFile::size))
            .thenComparing(LandedFile::uri));
    for (LandedFile file : largestFirst) {
      int emptiest = 0;
      for (int i = 1; i < count; i++) {
        if (bytes[i] < bytes[emptiest]) {
          emptiest = i;
        }
      }
      tasks.get(emptiest).add(file);
      bytes[emptiest] += file.size() + 1;
    }
    return tasks;
  }

  /** The records of one file after another, each opened only when the one before it has ended. */
  private static final class Concatenated implements Iterator<InternalRow> {
    private final Iterator<LandedFile> files;
    private final java.util.function.Function<LandedFile, Iterator<InternalRow>> open;
    private Iterator<InternalRow> current = Collections.emptyIterator();

    Concatenated(
        Iterator<LandedFile> files,
        java.util.function.Function<LandedFile, Iterator<InternalRow>> open) {
      this.files = files;
      this.open = open;
    }

    @Override
    public boolean hasNext() {
      while (!current.hasNext() && files.hasNext()) {
        current = open.apply(files.next());
      }
      return current.hasNext();
    }

    @Override
    public InternalRow next() {
      hasNext();
      return current.next();
    }
  }
}
