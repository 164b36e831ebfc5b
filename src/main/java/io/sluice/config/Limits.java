package io.sluice.config;

import java.io.Serializable;
import java.math.BigDecimal;

/**
 * How much of a source may be bad before it is held.
 *
 * @param rejectedShare largest share of a slice's rows that may be rejected, 0 to 1
 * @param refusedFiles number of files of one run that may be refused before the run answers 4
 */
public record Limits(BigDecimal rejectedShare, long refusedFiles) implements Serializable {}
