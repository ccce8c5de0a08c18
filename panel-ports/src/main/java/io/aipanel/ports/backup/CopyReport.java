package io.aipanel.ports.backup;

import io.aipanel.domain.audit.LogTree;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a look at the copy of a store has found. A copy that cannot be read at all has a problem and nothing else.
 *
 * @param schemaVersion the id of the last change of its change log
 * @param pages how many pages it has, where the engine has such; otherwise 0
 * @param rows the number of rows of each table, by its name
 * @param tree how large the audit log in it is, and the tree over it; empty for another store
 * @param problems what is wrong with it, in words; empty if nothing is
 */
public record CopyReport(
        String schemaVersion, long pages, Map<String, Long> rows, Optional<LogTree> tree, List<String> problems) {

    /** Keeps its own copies. */
    public CopyReport {
        rows = Map.copyOf(rows);
        problems = List.copyOf(problems);
    }

    /** What there is to say about a copy that cannot be read. */
    public static CopyReport unreadable(String problem) {
        return new CopyReport("none", 0, Map.of(), Optional.empty(), List.of(problem));
    }
}
