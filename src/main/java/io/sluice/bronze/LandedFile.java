package io.sluice.bronze;

import java.io.Serializable;
import java.util.List;
import java.util.Set;

/**
 * A file in the landing that a source asks for.
 *
 * @param source name of the source
 * @param uri path relative to the landing root
 * @param size in bytes
 * @param modifiedMillis landing's modification time, in milliseconds since 1970 UTC
 * @param contract hash of the source's contract
 * @param orderKey its place in the declared order where that is known before it is read, else empty
 * @param known ids of contents that need not be read again, should it have one of them
 * @param etag what the store calls its content; empty where it does not
 * @param manifest size and time of its manifest; empty where there is none
 * @param sums columns whose sums are asked for
 * @param sameAs id of the content that the ledger knows under the same ETag; empty for none
 * @param corrects path of the file that its manifest says it corrects; empty for none
 */
public record LandedFile(
    String source,
    String uri,
    long size,
    long modifiedMillis,
    String contract,
    String orderKey,
    Set<String> known,
    String etag,
    String manifest,
    List<String> sums,
    String sameAs,
    String corrects)
    implements Serializable {

  public LandedFile {
    known = Set.copyOf(known);
    sums = List.copyOf(sums);
  }

  /** A file of which nothing is known yet but that it is there. */
  public LandedFile(String source, String uri, long size, long modifiedMillis, String contract) {
    this(source, uri, size, modifiedMillis, contract, "", Set.of(), "", "", List.of(), "", "");
  }

  /** The same file, as its store names its content. */
  LandedFile tagged(String tag) {
    return with(orderKey, known, tag, manifest, sums, sameAs, corrects);
  }

  /** The same file, held against this manifest. */
  LandedFile beside(String stamp) {
    return with(orderKey, known, etag, stamp, sums, sameAs, corrects);
  }

  /** The same file, whose bytes are those of a content that is known. */
  LandedFile same(String fileId) {
    return with(orderKey, known, etag, manifest, sums, fileId, corrects);
  }

  /** The same file at a place in the order. */
  LandedFile at(String place) {
    return with(place, known, etag, manifest, sums, sameAs, corrects);
  }

  /** The same file, which may have one of these contents. */
  LandedFile maybe(Set<String> contents) {
    return with(orderKey, contents, etag, manifest, sums, sameAs, corrects);
  }

  /** The same file, as its manifest has it. */
  LandedFile named(List<String> columns, String corrected) {
    return with(orderKey, known, etag, manifest, columns, sameAs, corrected);
  }

  private LandedFile with(
      String place,
      Set<String> contents,
      String tag,
      String stamp,
      List<String> columns,
      String same,
      String corrected) {
    return new LandedFile(
        source,
        uri,
        size,
        modifiedMillis,
        contract,
        place,
        contents,
        tag,
        stamp,
        columns,
        same,
        corrected);
  }
}
