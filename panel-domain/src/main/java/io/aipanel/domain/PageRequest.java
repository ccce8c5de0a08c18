package io.aipanel.domain;

import java.util.Optional;

/**
 * Which part of a list is wanted.
 *
 * @param limit the most items, 1 to {@value #MAX_LIMIT}
 * @param after the place to go on from; empty for the start of the list
 */
public record PageRequest(int limit, Optional<Cursor> after) {

    /** The most items of one page. */
    public static final int MAX_LIMIT = 1000;

    /**
     * @throws InvalidValueException if the limit is out of range
     */
    public PageRequest {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new InvalidValueException("limit", "must be between 1 and " + MAX_LIMIT);
        }
    }

    /** The first items of a list. */
    public static PageRequest first(int limit) {
        return new PageRequest(limit, Optional.empty());
    }

    /** The items after a cursor. */
    public PageRequest after(Cursor cursor) {
        return new PageRequest(limit, Optional.of(cursor));
    }
}
