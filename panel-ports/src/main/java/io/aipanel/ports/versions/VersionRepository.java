package io.aipanel.ports.versions;

import io.aipanel.domain.Page;
import io.aipanel.domain.PageRequest;
import io.aipanel.domain.versions.Component;
import io.aipanel.domain.versions.ComponentChange;
import io.aipanel.domain.versions.ComponentName;
import io.aipanel.domain.versions.Finding;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Components and their history.
 *
 * <p>Taken from a storage, each method is one transaction; taken from a transaction, it is part of that. Safe for use by
 * many threads in the first case, bound to the transaction's thread in the second.
 */
public interface VersionRepository {

    /** Adds a component, or replaces the one of the same name. */
    void save(Component component);

    /**
     * The component with a name; empty if there is none. Within a transaction, other transactions that ask for the same
     * component wait until this one ends, whether it exists or not, so that a change of one part of it does not undo a
     * change of another.
     */
    Optional<Component> component(ComponentName name);

    /** Every component by name, in code point order. */
    List<Component> components();

    /**
     * Removes a component; its history stays.
     *
     * @return whether there was such a component
     */
    boolean remove(ComponentName name);

    /** Adds a line to a component's history. */
    void addChange(ComponentName name, Instant at, Finding finding);

    /**
     * The history of a component, newest first (number descending); empty if it has none.
     *
     * @throws io.aipanel.domain.InvalidValueException ({@code cursor}) if the cursor belongs to another list
     */
    Page<ComponentChange> changes(ComponentName name, PageRequest page);
}
