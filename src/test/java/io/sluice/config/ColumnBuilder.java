package io.sluice.config;

import java.util.List;

/** Columns for tests: optional, under no header, and taken as they stand, unless said otherwise. */
public final class ColumnBuilder {
  private String name;
  private String description = "";
  private List<String> headers = List.of();
  private ColumnType type;
  private boolean required;
  private List<String> formats = List.of();
  private List<String> nullTexts = List.of();
  private String pattern = "";
  private List<String> allowed = List.of();
  private Column.ScaleExcess scaleExcess = Column.ScaleExcess.REJECT;
  private Column.Blanks blanks = Column.Blanks.KEEP;
  private NumberText numbers = NumberText.USUAL;
  private Bounds bounds = Bounds.NONE;
  private Secret hashKey;

  private ColumnBuilder(String name, ColumnType type) {
    this.name = name;
    this.type = type;
  }

  public static ColumnBuilder text(String name) {
    return column(name, ColumnType.Kind.STRING);
  }

  public static ColumnBuilder column(String name, ColumnType.Kind kind) {
    return column(name, ColumnType.of(kind));
  }

  public static ColumnBuilder column(String name, ColumnType type) {
    return new ColumnBuilder(name, type);
  }

  public static ColumnBuilder like(Column column) {
    ColumnBuilder like = new ColumnBuilder(column.name(), column.type());
    like.description = column.description();
    like.headers = column.headers();
    like.required = column.required();
    like.formats = column.formats();
    like.nullTexts = column.nullTexts();
    like.pattern = column.pattern();
    like.allowed = column.allowed();
    like.scaleExcess = column.scaleExcess();
    like.blanks = column.blanks();
    like.numbers = column.numbers();
    like.bounds = column.bounds();
    like.hashKey = column.hashKey();
    return like;
  }

  public ColumnBuilder name(String name) {
    this.name = name;
    return this;
  }

  public ColumnBuilder description(String description) {
    this.description = description;
    return this;
  }

  public ColumnBuilder headers(String... headers) {
    this.headers = List.of(headers);
    return this;
  }

  public ColumnBuilder type(ColumnType type) {
    this.type = type;
    return this;
  }

  public ColumnBuilder required() {
    return required(true);
  }

  public ColumnBuilder required(boolean required) {
    this.required = required;
    return this;
  }

  public ColumnBuilder formats(String... formats) {
    this.formats = List.of(formats);
    return this;
  }

  public ColumnBuilder nullTexts(String... nullTexts) {
    this.nullTexts = List.of(nullTexts);
    return this;
  }

  public ColumnBuilder pattern(String pattern) {
    this.pattern = pattern;
    return this;
  }

  public ColumnBuilder allowed(String... allowed) {
    this.allowed = List.of(allowed);
    return this;
  }

  public ColumnBuilder scaleExcess(Column.ScaleExcess scaleExcess) {
    this.scaleExcess = scaleExcess;
    return this;
  }

  public ColumnBuilder blanks(Column.Blanks blanks) {
    this.blanks = blanks;
    return this;
  }

  public ColumnBuilder numbers(NumberText numbers) {
    this.numbers = numbers;
    return this;
  }

  public ColumnBuilder bounds(Bounds bounds) {
    this.bounds = bounds;
    return this;
  }

  public ColumnBuilder hashKey(Secret hashKey) {
    this.hashKey = hashKey;
    return this;
  }

  public Column build() {
    return new Column(
        name,
        description,
        headers,
        type,
        required,
        formats,
        nullTexts,
        pattern,
        allowed,
        scaleExcess,
        blanks,
        numbers,
        bounds,
        hashKey);
  }
}
