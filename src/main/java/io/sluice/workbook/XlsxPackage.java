package io.sluice.workbook;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The parts of an Office Open XML file and how they refer to each other (ECMA-376 part 2). Nothing
 * is ever unpacked to a path that the file names.
 */
final class XlsxPackage implements Closeable {
  /**
   * A reference from one part to another.
   *
   * @param type the last step of its name, which strict and transitional files have in common
   * @param target name of a part, whether it exists or not; empty if it lies outside of the file
   */
  record Relation(String type, String target) {}

  private static final String TYPES = "[Content_Types].xml";
  private static final int MOST_ENTRIES = 100_000;
  private static final int MOST_RELATIONS = 100_000;

  private final ZipFile zip;
  private final long size;
  private final Unpacking unpacking;
  private final Map<String, ZipEntry> parts = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  private final Map<String, String> types = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  private final Map<String, String> typesByExtension = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

  XlsxPackage(Path file, Unpacking unpacking) throws IOException {
    this.size = file.toFile().length();
    this.unpacking = unpacking;
    this.zip = new ZipFile(file.toFile());
    try {
      list();
      if (has(TYPES)) {
        readTypes();
      }
    } catch (IOException | RuntimeException | Error failed) {
      zip.close();
      throw failed;
    }
  }

  /** Whether there is a part, compared without case as the standard asks. */
  boolean has(String part) {
    return parts.containsKey(part);
  }

  /** Whether it is such a package at all, and not some other archive. */
  boolean isOffice() {
    return has(TYPES);
  }

  /** The declared type of a part; empty if none is. */
  String type(String part) {
    String own = types.get(part);
    String type = own == null ? typesByExtension.get(extension(part)) : own;
    return type == null ? "" : type.toLowerCase(Locale.ROOT);
  }

  InputStream open(String part) throws IOException {
    ZipEntry entry = parts.get(part);
    if (entry == null) {
      throw new IOException("a part is missing");
    }
    return unpacking.of(zip.getInputStream(entry), entry, size);
  }

  /**
   * What a part refers to, by id, in the order of the file.
   *
   * @param part empty for the package itself
   */
  Map<String, Relation> relations(String part) throws IOException {
    int slash = part.lastIndexOf('/') + 1;
    String name = part.substring(0, slash) + "_rels/" + part.substring(slash) + ".rels";
    Map<String, Relation> relations = new LinkedHashMap<>();
    if (!has(name)) {
      return relations;
    }
    try (XmlScanner xml = new XmlScanner(open(name))) {
      for (XmlScanner.Token token = xml.next();
          token != XmlScanner.Token.DOCUMENT_END;
          token = xml.next()) {
        if (token == XmlScanner.Token.START && xml.name().equals("Relationship")) {
          if (relations.size() == MOST_RELATIONS) {
            throw new UnsafeContentException("a part of it refers to more than 100,000 others");
          }
          String id = xml.value("Id");
          String type = xml.value("Type");
          String target = xml.value("Target");
          boolean external = "external".equalsIgnoreCase(xml.value("TargetMode"));
          if (id != null && type != null && target != null) {
            relations.put(
                id,
                new Relation(
                    type.substring(type.lastIndexOf('/') + 1),
                    external ? "" : resolved(part.substring(0, slash), target)));
          }
        }
      }
    }
    return relations;
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }

  private void list() throws IOException {
    if (zip.size() > MOST_ENTRIES) {
      throw new UnsafeContentException("it has more than 100,000 parts");
    }
    for (Enumeration<? extends ZipEntry> all = zip.entries(); all.hasMoreElements(); ) {
      ZipEntry entry = all.nextElement();
      if (entry.isDirectory()) {
        continue;
      }
      String name = entry.getName().replace('\\', '/');
      List<String> steps = List.of(name.split("/", -1));
      if (steps.contains("..") || name.indexOf('\0') >= 0 || name.matches("[A-Za-z]:/.*")) {
        throw new UnsafeContentException("it has a part whose name leads out of it");
      }
      if (parts.put(name.startsWith("/") ? name.substring(1) : name, entry) != null) {
        throw new IOException("it has two parts of one name");
      }
    }
  }

  private void readTypes() throws IOException {
    try (XmlScanner xml = new XmlScanner(open(TYPES))) {
      for (XmlScanner.Token token = xml.next();
          token != XmlScanner.Token.DOCUMENT_END;
          token = xml.next()) {
        if (token == XmlScanner.Token.START) {
          String type = xml.value("ContentType");
          if (type != null && xml.name().equals("Override")) {
            String part = xml.value("PartName");
            if (part != null) {
              types.put(resolved("", part), type);
            }
          } else if (type != null && xml.name().equals("Default")) {
            String extension = xml.value("Extension");
            if (extension != null) {
              typesByExtension.put(extension, type);
            }
          }
        }
      }
    }
  }

  /** A reference as the name of a part: relative or absolute, quoted or not. */
  private String resolved(String folder, String target) {
    String plain = target.strip().replace('\\', '/');
    int fragment = plain.indexOf('#');
    String path = fragment < 0 ? plain : plain.substring(0, fragment);
    String name = joined(path.startsWith("/") ? path : folder + path);
    if (has(name) || path.indexOf('%') < 0) {
      return name;
    }
    try {
      return joined(URLDecoder.decode(name.replace("+", "%2B"), StandardCharsets.UTF_8));
    } catch (IllegalArgumentException notQuoted) {
      return name;
    }
  }

  private static String joined(String path) {
    Deque<String> steps = new ArrayDeque<>();
    for (String step : path.split("/")) {
      if (step.equals("..")) {
        steps.pollLast();
      } else if (!step.isEmpty() && !step.equals(".")) {
        steps.addLast(step);
      }
    }
    return String.join("/", new ArrayList<>(steps));
  }

  private static String extension(String part) {
    return part.substring(part.lastIndexOf('.') + 1);
  }
}
