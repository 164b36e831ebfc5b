package io.sluice.config;

import java.io.Serializable;
import java.time.LocalTime;

/**
 * When a source's file for a business date must be there.
 *
 * @param time wall clock in the pipeline's zone
 * @param businessDaysLater 0 for the business date itself, 1 for the next business day
 */
public record ExpectedBy(LocalTime time, int businessDaysLater) implements Serializable {}
