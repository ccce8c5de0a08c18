package io.aipanel.service.capacity;

import io.aipanel.domain.Text;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * Who is told when the state of a threshold of capacity changes.
 *
 * @param notifiers who is told, each by a job of its own
 * @param url where people find the panel; empty if it is not known
 */
public record CapacityOptions(List<CapacityNotifier> notifiers, Optional<URI> url) {

    /** Nobody. */
    public static final CapacityOptions NONE = new CapacityOptions(List.of(), Optional.empty());

    private static final int MAX_NAME_BYTES = 300;

    /**
     * Keeps its own copy of the list.
     *
     * @throws io.aipanel.domain.InvalidValueException if a notifier has no name, or one that is too long
     * @throws IllegalArgumentException if two have the same name
     */
    public CapacityOptions {
        notifiers = List.copyOf(notifiers);
        long names = notifiers.stream()
                .map(notifier -> Text.required("notifier", notifier.name(), MAX_NAME_BYTES))
                .distinct()
                .count();
        if (names < notifiers.size()) {
            throw new IllegalArgumentException("two notifiers have the same name");
        }
    }

    /** These are told. */
    public static CapacityOptions telling(CapacityNotifier... notifiers) {
        return new CapacityOptions(List.of(notifiers), Optional.empty());
    }
}
