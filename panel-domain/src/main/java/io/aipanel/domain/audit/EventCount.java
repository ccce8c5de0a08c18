package io.aipanel.domain.audit;

/**
 * How many events have something in common.
 *
 * @param group what: an action, an actor, an outcome in lower case, or the time at which an hour or a day (UTC) begins, in
 *     ISO 8601
 * @param events how many, 1 or more
 */
public record EventCount(String group, long events) {}
