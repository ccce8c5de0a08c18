package io.aipanel.postgres.jobs;

import io.aipanel.domain.jobs.QueueName;
import io.aipanel.ports.storage.Storage.Topic;
import io.aipanel.postgres.storage.Database;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * What the repositories of the queue store share.
 *
 * @param database where the statements run
 * @param lanes which lanes are known to be there
 * @param floors where claims may begin to look, by queue
 * @param news told, after a commit, what others may want to hear of
 */
public record QueueStore(Database database, Lanes lanes, Map<QueueName, Floors> floors, Consumer<Topic> news) {

    /** The queue store on a database, with nothing remembered. */
    public QueueStore(Database database, Consumer<Topic> news) {
        this(database, new Lanes(), new ConcurrentHashMap<>(), news);
    }

    /** The same store inside a transaction, which tells its news itself once it is committed. */
    public QueueStore within(Database transaction, Consumer<Topic> newsAtCommit) {
        return new QueueStore(transaction, lanes, floors, newsAtCommit);
    }

    /** Where claims of a queue may begin to look. */
    Floors floors(QueueName queue) {
        return floors.computeIfAbsent(queue, name -> new Floors(System::nanoTime));
    }
}
