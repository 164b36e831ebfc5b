package io.sluice.config;

import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Stream;

/**
 * Sources for tests: workbooks with the usual layout, the newest one counting, read to the end of
 * the sheet by Sluice itself, unless said otherwise.
 */
public final class SourceBuilder {
  public static final Order BY_TIME = new Order(Order.By.MODIFIED_TIME, "");
  public static final TableEnd SHEET_END = new TableEnd(false, "", "", List.of());

  /** Unknown headers are noted, everything else is refused. */
  public static final Drift USUAL_DRIFT =
      new Drift(Drift.Policy.WARN, Drift.Policy.FAIL, Drift.Policy.FAIL, Drift.Policy.FAIL);

  private final String name;
  private String description = "";
  private String owner = "";
  private String files = "*.xlsx";
  private Layout layout = Layout.of("", 20);
  private List<String> slice = List.of();
  private Order order = BY_TIME;
  private ExpectedBy expectedBy;
  private Lateness lateness;
  private List<AboveCell> above = List.of();
  private List<Column> columns = List.of();
  private TableEnd end = SHEET_END;
  private Drift drift = USUAL_DRIFT;
  private Limits limits = limits(BigDecimal.ZERO, 0);
  private Secret password;
  private Source.Reader reader = Source.Reader.SLUICE;
  private String version = "";
  private List<String> dropped = List.of();
  private List<List<String>> droppedColumns = List.of();
  private List<PathValue> paths = List.of();
  private Source.Empty empty = Source.Empty.REFUSE;
  private Csv csv = Csv.USUAL;
  private boolean keepUnknown;
  private Deliveries deliveries = Deliveries.SINGLE;
  private Source.Delivers delivers = Source.Delivers.SLICES;

  private SourceBuilder(String name) {
    this.name = name;
  }

  public static SourceBuilder source(String name) {
    return new SourceBuilder(name);
  }

  public static SourceBuilder like(Source source) {
    SourceBuilder like = new SourceBuilder(source.name());
    like.description = source.description();
    like.owner = source.owner();
    like.files = source.files();
    like.layout = source.layout();
    like.slice = source.slice();
    like.order = source.order();
    like.expectedBy = source.expectedBy();
    like.lateness = source.lateness();
    like.above = source.above();
    like.columns = source.columns();
    like.end = source.end();
    like.drift = source.drift();
    like.limits = source.limits();
    like.password = source.password();
    like.reader = source.reader();
    like.version = source.version();
    like.dropped = source.dropped();
    like.droppedColumns = source.droppedColumns();
    like.paths = source.paths();
    like.empty = source.empty();
    like.csv = source.csv();
    like.keepUnknown = source.keepUnknown();
    like.deliveries = source.deliveries();
    like.delivers = source.delivers();
    return like;
  }

  /** With the usual limits on size. */
  public static Limits limits(BigDecimal rejectedShare, long refusedFiles) {
    return new Limits(
        rejectedShare,
        Limits.ANY,
        refusedFiles,
        Limits.USUAL_UNPACKED_BYTES,
        Limits.USUAL_UNPACKED_RATIO);
  }

  public SourceBuilder description(String description) {
    this.description = description;
    return this;
  }

  public SourceBuilder owner(String owner) {
    this.owner = owner;
    return this;
  }

  public SourceBuilder files(String files) {
    this.files = files;
    return this;
  }

  public SourceBuilder layout(Layout layout) {
    this.layout = layout;
    return this;
  }

  public SourceBuilder slice(String... slice) {
    this.slice = List.of(slice);
    return this;
  }

  public SourceBuilder order(Order order) {
    this.order = order;
    return this;
  }

  public SourceBuilder expectedBy(ExpectedBy expectedBy) {
    this.expectedBy = expectedBy;
    return this;
  }

  public SourceBuilder lateness(String dateColumn, int days) {
    this.lateness = new Lateness(dateColumn, days);
    return this;
  }

  public SourceBuilder above(AboveCell... above) {
    return above(List.of(above));
  }

  public SourceBuilder above(List<AboveCell> above) {
    this.above = above;
    return this;
  }

  public SourceBuilder columns(Column... columns) {
    return columns(List.of(columns));
  }

  public SourceBuilder columns(List<Column> columns) {
    this.columns = columns;
    return this;
  }

  public SourceBuilder end(TableEnd end) {
    this.end = end;
    return this;
  }

  public SourceBuilder drift(Drift drift) {
    this.drift = drift;
    return this;
  }

  public SourceBuilder limits(Limits limits) {
    this.limits = limits;
    return this;
  }

  public SourceBuilder password(Secret password) {
    this.password = password;
    return this;
  }

  public SourceBuilder reader(Source.Reader reader) {
    this.reader = reader;
    return this;
  }

  public SourceBuilder paths(PathValue... paths) {
    this.paths = List.of(paths);
    return this;
  }

  /** In parts, or with manifests. */
  public SourceBuilder deliveries(String parts, String manifest) {
    this.deliveries = new Deliveries(parts, manifest);
    return this;
  }

  /** Each of them the header of another column. */
  public SourceBuilder dropped(String... headers) {
    this.dropped = List.of(headers);
    this.droppedColumns = Stream.of(headers).map(List::of).toList();
    return this;
  }

  public SourceBuilder csv(String delimiter, String charset) {
    this.csv = new Csv(delimiter, charset);
    return this;
  }

  public SourceBuilder keepUnknown() {
    this.keepUnknown = true;
    return this;
  }

  public Source build() {
    return new Source(
        name,
        description,
        owner,
        files,
        layout,
        slice,
        order,
        expectedBy,
        lateness,
        above,
        columns,
        end,
        drift,
        limits,
        password,
        reader,
        version,
        dropped,
        droppedColumns,
        paths,
        empty,
        csv,
        keepUnknown,
        deliveries,
        delivers);
  }
}
