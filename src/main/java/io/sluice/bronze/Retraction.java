package io.sluice.bronze;

/**
 * What somebody wants taken back by hand.
 *
 * @param file path relative to the landing root, or the first digits of a file id
 * @param by who
 * @param why in their own words
 */
public record Retraction(String file, String by, String why) {}
