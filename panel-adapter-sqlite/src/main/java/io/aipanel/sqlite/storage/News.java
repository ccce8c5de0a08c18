package io.aipanel.sqlite.storage;

import io.aipanel.ports.storage.Storage.Topic;
import java.util.Set;

/** Hears what commits have announced. Called on the writer's thread: it must return at once and must not throw. */
@FunctionalInterface
public interface News {

    /** Tells nobody. */
    News NONE = topics -> {};

    /**
     * @param topics what there may be something new about; all of them if another process has committed
     */
    void about(Set<Topic> topics);
}
