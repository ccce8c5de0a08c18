package io.aipanel.bench.harness;

import io.aipanel.bench.engine.Engine;

/**
 * What somebody wants to have measured.
 *
 * @param engine where
 * @param peers whether others are measured too
 * @param quick whether it has to be done within a minute
 * @param progress where to tell what is going on
 */
public record BenchRun(Engine engine, boolean peers, boolean quick, Progress progress) {}
