package io.aipanel.postgres.jobs;

import io.aipanel.domain.jobs.NewJob;
import io.aipanel.postgres.storage.Database;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jdbi.v3.core.Handle;

/**
 * The lanes that are known to be there: {@code queue.lanes} in memory. A lane is never removed, so what was seen once
 * need not be looked for again; should the tables have been restored from an older copy meanwhile, {@link #forget} helps.
 * Safe for use by many threads.
 */
public final class Lanes {

    private final Map<Lane, Integer> known = new ConcurrentHashMap<>();

    /**
     * Makes the lanes of jobs that have none yet. In a transaction of its own where possible: a lane that is not
     * committed yet would hold up everyone else who needs it.
     */
    void ensure(Database database, Collection<NewJob> jobs) {
        Set<Lane> missing = new LinkedHashSet<>();
        for (NewJob job : jobs) {
            Lane lane = Lane.of(job);
            if (!known.containsKey(lane)) {
                missing.add(lane);
            }
        }
        if (missing.isEmpty()) {
            return;
        }
        // In one order everywhere, so that no two who make the same lanes wait for each other.
        List<Lane> sorted = missing.stream().sorted().toList();
        Map<Lane, Integer> found = database.change(handle -> found(handle, sorted));
        if (!database.isShared()) {
            known.putAll(found);
        }
    }

    /** The number of a lane; 0 if it is not known. */
    int id(NewJob job) {
        return known.getOrDefault(Lane.of(job), 0);
    }

    void forget() {
        known.clear();
    }

    /** Makes the lanes of jobs within a transaction, without remembering them. */
    static void make(Handle handle, Collection<NewJob> jobs) {
        found(handle, jobs.stream().map(Lane::of).distinct().sorted().toList());
    }

    private static Map<Lane, Integer> found(Handle handle, List<Lane> lanes) {
        Object[] queues = lanes.stream().map(Lane::queue).toArray();
        Object[] types = lanes.stream().map(Lane::type).toArray();
        Object[] priorities = lanes.stream().map(Lane::priority).toArray();
        handle.createUpdate("""
                        INSERT INTO queue.lanes (queue, type, priority)
                        SELECT queue, type, priority
                        FROM unnest(:queues, :types, :priorities) AS wanted (queue, type, priority)
                        ON CONFLICT (queue, type, priority) DO NOTHING
                        """)
                .bindArray("queues", String.class, queues)
                .bindArray("types", String.class, types)
                .bindArray("priorities", Integer.class, priorities)
                .execute();
        Map<Lane, Integer> found = new ConcurrentHashMap<>();
        handle.createQuery("""
                        SELECT id, queue, type, priority
                        FROM unnest(:queues, :types, :priorities) AS wanted (queue, type, priority)
                        JOIN queue.lanes USING (queue, type, priority)
                        """)
                .bindArray("queues", String.class, queues)
                .bindArray("types", String.class, types)
                .bindArray("priorities", Integer.class, priorities)
                .map((row, context) -> Map.entry(
                        new Lane(row.getString("queue"), row.getString("type"), row.getInt("priority")),
                        row.getInt("id")))
                .forEach(lane -> found.put(lane.getKey(), lane.getValue()));
        return found;
    }

    /** What the jobs of a lane have in common. */
    record Lane(String queue, String type, int priority) implements Comparable<Lane> {

        static Lane of(NewJob job) {
            return new Lane(job.queue().value(), job.type().value(), job.priority());
        }

        @Override
        public int compareTo(Lane other) {
            int byQueue = queue.compareTo(other.queue);
            int byType = byQueue != 0 ? byQueue : type.compareTo(other.type);
            return byType != 0 ? byType : Integer.compare(priority, other.priority);
        }
    }
}
