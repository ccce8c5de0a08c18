package io.aipanel.ports.versions;

import io.aipanel.domain.versions.ComponentName;
import io.aipanel.domain.versions.Finding;
import java.util.List;
import java.util.Map;

/** Knows what is installed on the host, and what could be. */
@FunctionalInterface
public interface ComponentInventory {

    /** A host that cannot tell anything: every component is unknown. */
    ComponentInventory NONE = patterns -> Map.of();

    /**
     * Looks at the host. May take seconds.
     *
     * @param patterns names of components, in which {@code *} stands for any characters
     * @return what was found for every component that matches; a name without {@code *} is there even if the host has
     *     never heard of it, then with {@link Finding#NOTHING}; empty where the host cannot tell at all
     * @throws InventoryFailed if the host's own tools fail
     */
    Map<ComponentName, Finding> look(List<String> patterns);

    /** The host's own tools failed; the message says which and what they said. */
    final class InventoryFailed extends RuntimeException {

        private static final long serialVersionUID = 1L;

        /**
         * @param message which tool failed and what it said
         * @param cause why; may be null
         */
        public InventoryFailed(String message, @org.jspecify.annotations.Nullable Throwable cause) {
            super(message, cause);
        }
    }
}
