package io.aipanel.ports.backup;

import io.aipanel.ports.storage.PanelTransaction;
import io.aipanel.ports.storage.QueueTransaction;
import java.util.function.Consumer;

/** What takes the place of a storage's stores, before anybody else sees it. For the thread that it was given to. */
public interface RestoredStores {

    /** Changes the panel store. The rules of {@link io.aipanel.ports.storage.Storage#write} hold. */
    void change(Consumer<? super PanelTransaction> work);

    /** Changes the queue store. The rules of {@link io.aipanel.ports.storage.Storage#writeQueue} hold. */
    void changeQueue(Consumer<? super QueueTransaction> work);
}
