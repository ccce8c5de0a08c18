package io.aipanel.bench.capacity;

import io.aipanel.bench.engine.Database;
import io.aipanel.bench.engine.DurablePanel;
import io.aipanel.ports.storage.StoreName;
import io.aipanel.ports.storage.WriteObserver;
import io.aipanel.sqlite.storage.News;
import io.aipanel.sqlite.storage.Store;
import io.aipanel.sqlite.storage.StoreFile;
import java.sql.SQLException;
import java.time.Duration;

/**
 * A panel's stores on SQLite, open without a panel: each a file with a writer of its own, as they are, or all three the same
 * file with the same writer. What is done with them cannot tell the difference.
 *
 * @param panel the store of users and sessions
 * @param audit the store of events
 * @param queue the store of jobs
 */
record OpenStores(Store panel, Store audit, Store queue) implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    /** Three files. */
    static OpenStores three(Database database, News news, WriteObserver observer) {
        DurablePanel.open(database).close();
        return new OpenStores(
                Store.open(file(database, StoreName.PANEL), TIMEOUT, news, observer),
                Store.open(file(database, StoreName.AUDIT), TIMEOUT, news, observer),
                Store.open(file(database, StoreName.QUEUE), TIMEOUT, news, observer));
    }

    /** One file. */
    static OpenStores one(Database database, News news, WriteObserver observer) throws SQLException {
        DurablePanel.open(database).close();
        StoreFile file = new StoreFile(StoreName.PANEL, OneFile.of(database), "");
        Store all = Store.open(file, TIMEOUT, news, observer);
        return new OpenStores(all, all, all);
    }

    private static StoreFile file(Database database, StoreName store) {
        return new StoreFile(store, OneFile.file(database, store), "");
    }

    @Override
    public void close() {
        panel.close();
        if (audit != panel) {
            audit.close();
            queue.close();
        }
    }
}
