package io.sluice.run;

/**
 * A workbook that something was rejected of.
 *
 * @param source its name; empty if it is not declared any more
 * @param uri path relative to the landing
 * @param fileId SHA-256 of what was read
 */
record RejectedFile(String source, String uri, String fileId) {}
