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
 */
public record LandedFile(String source, String uri, long size, long modifiedMillis, String contract)
    implements Serializable {}
