package io.aipanel.service.jobs;

/**
 * What is done with the jobs of a type in a queue.
 *
 * @param options how
 * @param code by whom
 * @param meters where it is measured
 */
record Handler(HandlerOptions options, JobHandler code, TypeMeters meters) {}
