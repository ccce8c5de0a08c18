package io.aipanel.domain.storage;

import java.util.List;
import java.util.regex.Pattern;

/**
 * The changes that a schema is made of, in order. Comparing it with what a store says it has gone through tells
 * whether the store is current, without loading the tool that would bring it there.
 *
 * @param ids the ids of the changes, oldest first, each once
 */
public record ChangeLog(List<String> ids) {

    private static final Pattern CHANGE_SET = Pattern.compile("(?m)^--\\s*changeset\\s+[^:\\s]+:(\\S+)");

    /** How a store stands against a change log. */
    public enum State {
        /** The store has gone through every change. */
        CURRENT,
        /** Changes are missing at the end. */
        BEHIND,
        /** The store has gone through changes that this program does not know. */
        NEWER
    }

    /** Keeps its own copy of the ids. */
    public ChangeLog {
        ids = List.copyOf(ids);
    }

    /**
     * Reads the ids out of SQL with Liquibase's comments ({@code --changeset author:id}).
     *
     * @param sql the whole change log
     */
    public static ChangeLog parse(String sql) {
        return new ChangeLog(
                CHANGE_SET.matcher(sql).results().map(found -> found.group(1)).toList());
    }

    /**
     * Compares with what a store has gone through.
     *
     * @param applied the ids of the changes that were applied, in any order
     */
    public State compare(List<String> applied) {
        if (!ids.containsAll(applied)) {
            return State.NEWER;
        }
        return applied.containsAll(ids) ? State.CURRENT : State.BEHIND;
    }

    /** The id of the last change, which names the schema's version. */
    public String version() {
        return ids.isEmpty() ? "none" : ids.get(ids.size() - 1);
    }
}
