package io.aipanel.service.audit;

import java.util.Optional;

/**
 * Something that is wrong with a log.
 *
 * @param index the first event that it is about; empty if it is about none
 * @param message what is wrong
 */
record Finding(Optional<Long> index, String message) {

    static Finding at(long index, String message) {
        return new Finding(Optional.of(index), message);
    }

    static Finding of(String message) {
        return new Finding(Optional.empty(), message);
    }

    /** Events in a row are not there. */
    static Finding missing(long first, long last) {
        return at(first, events(first, last) + (first == last ? " is missing" : " are missing"));
    }

    /** Some events in a row, in words. */
    static String events(long first, long last) {
        return first == last ? "event " + first : "events " + first + " to " + last;
    }
}
