package io.aipanel.ports.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.aipanel.domain.Cursor;
import io.aipanel.domain.Page;
import io.aipanel.domain.PageRequest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Walks lists page by page, as clients do: the cursor goes out as text and comes back as text. */
public final class Paging {

    private Paging() {}

    /** Every item of a list, read in pages of one size. */
    public static <T> List<T> all(int limit, Function<PageRequest, Page<T>> list) {
        List<T> items = new ArrayList<>();
        Set<Cursor> seen = new HashSet<>();
        Optional<PageRequest> request = Optional.of(PageRequest.first(limit));
        while (request.isPresent()) {
            Page<T> page = list.apply(request.get());
            items.addAll(page.items());
            page.next()
                    .ifPresent(cursor -> assertThat(seen.add(cursor))
                            .as("a cursor is given out once, so that a list comes to an end")
                            .isTrue());
            request = next(page, limit);
        }
        return items;
    }

    /** The request for the page after this one; empty if this is the last. */
    public static <T> Optional<PageRequest> next(Page<T> page, int limit) {
        assertThat(page.items()).as("a page holds at most its limit").hasSizeLessThanOrEqualTo(limit);
        if (page.next().isPresent()) {
            assertThat(page.items()).as("only the last page is short").hasSize(limit);
        }
        return page.next().map(cursor -> PageRequest.first(limit).after(Cursor.decode(cursor.encode())));
    }

    /** Reads a list in pages of several sizes, exact fit included, and checks that each way gives the same. */
    public static <T> void assertPages(List<T> expected, Function<PageRequest, Page<T>> list) {
        for (int limit : new int[] {1, 2, 3, expected.size(), expected.size() + 1, PageRequest.MAX_LIMIT}) {
            assertThat(all(limit, list))
                    .as("pages of %d give every item once and in order", limit)
                    .containsExactlyElementsOf(expected);
        }
        assertThat(list.apply(PageRequest.first(expected.size())).next())
                .as("a page that fits exactly is the last")
                .isEmpty();
    }
}
