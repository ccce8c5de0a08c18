package io.aipanel.domain;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A part of a list.
 *
 * @param items the items, in the list's order
 * @param next where the next page begins; empty if this was the last one
 */
public record Page<T>(List<T> items, Optional<Cursor> next) {

    /** Keeps its own copy of the items. */
    public Page {
        items = List.copyOf(items);
    }

    /**
     * Makes a page out of up to {@code limit + 1} items: the one too many only tells that there is more.
     *
     * @param fetched what the store found, at most one item more than the limit
     * @param limit the most items of the page
     * @param key the sort key of an item
     */
    public static <T> Page<T> of(List<T> fetched, int limit, Function<? super T, Cursor> key) {
        if (fetched.size() <= limit) {
            return new Page<>(fetched, Optional.empty());
        }
        List<T> items = fetched.subList(0, limit);
        return new Page<>(items, Optional.of(key.apply(items.get(limit - 1))));
    }

    /** The same page with each item turned into something else. */
    public <R> Page<R> map(Function<? super T, ? extends R> mapper) {
        List<R> mapped = items.stream().<R>map(mapper).toList();
        return new Page<>(mapped, next);
    }
}
