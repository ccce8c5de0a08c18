package io.aipanel.bench.jobs;

import io.aipanel.bench.engine.Database;
import io.aipanel.bench.harness.Rate;

/** Somebody else who takes jobs through their whole lives. */
interface Peer {

    /** What the ratio to it is called; several with one name are ways of one, and the best of them counts. */
    String name();

    /** How it is set, for people. */
    String settings();

    /**
     * Does no-op jobs, after a warm-up.
     *
     * @param database an empty one, for it alone
     * @throws Exception if it fails, or does not do all of them
     */
    Rate run(Database database, QueueSize size) throws Exception;
}
