package io.sluice.bronze;

import java.io.Serializable;

/**
 * A file in the landing that a source asks for.
 *
 * @param source name of the source
 * @param uri path relative to the landing root
 * @param size in bytes
 * @param modifiedMillis landing's modification time, in milliseconds since 1970 UTC
 * @param contract hash of the source's contract
 * @param orderKey its place in the declared order where the ledger knows it, else empty
 */
public record LandedFile(
    String source, String uri, long size, long modifiedMillis, String contract, String orderKey)
    implements Serializable {

  /** A file whose place in the order is not known yet. */
  public LandedFile(String source, String uri, long size, long modifiedMillis, String contract) {
    this(source, uri, size, modifiedMillis, contract, "");
  }
}
