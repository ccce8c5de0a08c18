package io.aipanel.bench.jobs;

import io.aipanel.bench.engine.EngineName;
import java.util.List;

/** Who is measured beside us, each in the ways that did best when they were tried. */
final class Peers {

    private Peers() {}

    static List<Peer> of(EngineName engine) {
        return switch (engine) {
            case SQLITE ->
                List.of(
                        new RawSqlite(500),
                        new RawSqlite(2_000),
                        new JobRunrPeer(engine, 8, 12),
                        new JobRunrPeer(engine, 16, 2));
            case POSTGRES ->
                List.of(
                        new RawPostgres(1),
                        new RawPostgres(2),
                        new JobRunrPeer(engine, 64, 70),
                        new JobRunrPeer(engine, 128, 134),
                        new DbScheduler(50, 10),
                        new DbScheduler(100, 4));
        };
    }
}
