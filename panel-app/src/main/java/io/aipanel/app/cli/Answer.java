package io.aipanel.app.cli;

import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a command answers.
 *
 * @param json for programs: a tree that {@link JsonDocument} can write
 * @param lines for people; made only if wanted
 */
public record Answer(@Nullable Object json, Supplier<List<String>> lines) {

    /** An answer that is one line for people. */
    public static Answer of(@Nullable Object json, String line) {
        return new Answer(json, () -> List.of(Text.onOneLine(line)));
    }

    /** An answer that is a table for people, or a line if the table is empty. */
    public static Answer of(@Nullable Object json, Supplier<Table> table, String ifEmpty) {
        return new Answer(json, () -> {
            List<String> lines = table.get().lines();
            return lines.size() > 1 ? lines : List.of(ifEmpty);
        });
    }
}
