package io.aipanel.app.cli;

import io.aipanel.domain.Cursor;
import io.aipanel.domain.Page;
import io.aipanel.domain.PageRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which part of a list a command shows. */
public final class Paging {

    @Option(names = "--limit", paramLabel = "N", description = "The most items, 1 to 1000 (default: 50)")
    private int limit = 50;

    @Option(names = "--cursor", paramLabel = "CURSOR", description = "Go on where an earlier answer's nextCursor says")
    private Optional<String> cursor = Optional.empty();

    /** Nothing given yet. */
    public Paging() {}

    /**
     * The part that is wanted.
     *
     * @throws io.aipanel.domain.InvalidValueException if the limit or the cursor is not valid
     */
    public PageRequest request() {
        return new PageRequest(limit, cursor.map(Cursor::decode));
    }

    /** A part of a list as JSON. */
    public static <T> Map<String, @Nullable Object> json(Page<T> page, Function<T, Object> item) {
        return JsonDocument.object(
                "items",
                page.items().stream().map(item).toList(),
                "nextCursor",
                page.next().map(Cursor::encode));
    }

    /** A part of a list for people: a table, and how to see more. */
    public static <T> Answer answer(
            Page<T> page, Function<T, Object> item, Function<List<T>, Table> table, String none) {
        Answer answer = Answer.of(json(page, item), () -> table.apply(page.items()), none);
        return page.next().isEmpty()
                ? answer
                : new Answer(answer.json(), () -> {
                    List<String> lines = new ArrayList<>(answer.lines().get());
                    lines.add("There are more: --cursor " + page.next().get().encode());
                    return lines;
                });
    }
}
