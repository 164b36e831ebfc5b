package io.sluice.bronze;

import java.io.Serializable;
import java.util.Set;

/**
 * A file in the landing that a source asks for.
 *
 * @param source name of the source
 * @param uri path relative to the landing root
 * @param size in bytes
 * @param modifiedMillis landing's modification time, in milliseconds since 1970 UTC
 * @param contract hash of the source's contract
 * @param orderKey its place in the declared order where the ledger knows it, else empty
 * @param known ids of contents that need not be read again, should it have one of them
 */
public record LandedFile(
    String source,
    String uri,
    long size,
    long modifiedMillis,
    String contract,
    String orderKey,
    Set<String> known)
    implements Serializable {

  public LandedFile {
    known = Set.copyOf(known);
  }

  /** The same file, which may have one of these contents. */
  LandedFile maybe(Set<String> contents) {
    return new LandedFile(source, uri, size, modifiedMillis, contract, orderKey, contents);
  }

  /** A file whose place in the order is not known yet. */
  public LandedFile(String source, String uri, long size, long modifiedMillis, String contract) {
    this(source, uri, size, modifiedMillis, contract, "", Set.of());
  }
}
