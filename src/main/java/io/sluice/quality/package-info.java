/**
 * Gates: the checks that a table's candidate must pass before it is committed, which slices fail
 * them, and the rows that record it. The only package that knows Deequ. It reads candidates and
 * writes nothing.
 */
package io.sluice.quality;
