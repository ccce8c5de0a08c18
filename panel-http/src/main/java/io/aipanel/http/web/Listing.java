package io.aipanel.http.web;

import io.aipanel.domain.Cursor;
import io.aipanel.domain.Page;
import io.aipanel.domain.PageRequest;
import io.aipanel.domain.Text;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A part of a list as the outside sees it.
 *
 * @param items the items
 * @param nextCursor what to give as {@code cursor} for the next page; null if this was the last one
 */
public record Listing<T>(List<T> items, @Nullable String nextCursor) {

    /** A page as the outside sees it. */
    public static <T, R> Listing<R> of(Page<T> page, Function<? super T, ? extends R> view) {
        Page<R> shown = page.map(view);
        return new Listing<>(shown.items(), shown.next().map(Cursor::encode).orElse(null));
    }

    /**
     * The wanted part of a short list that is all there.
     *
     * @param all every item, by key in code point order
     * @param wanted which part
     * @param key the key of an item
     */
    public static <T> Page<T> part(List<T> all, PageRequest wanted, Function<? super T, String> key) {
        List<T> rest = all.stream()
                .filter(item -> wanted.after().isEmpty()
                        || Text.BY_CODE_POINT.compare(
                                        key.apply(item), wanted.after().get().text(0))
                                > 0)
                .limit(wanted.limit() + 1L)
                .toList();
        return Page.of(rest, wanted.limit(), item -> Cursor.of(key.apply(item)));
    }
}
