package io.aipanel.bench.jobs;

import io.aipanel.bench.engine.EngineName;
import java.util.ArrayList;
import java.util.List;

/** Who is measured beside us, each in the ways that did best of those that were tried. */
final class Peers {

    private Peers() {}

    /**
     * Those of an engine.
     *
     * @param quick whether each library is measured in one way only, because their polling takes seconds each time
     */
    static List<Peer> of(EngineName engine, boolean quick) {
        List<Peer> peers = new ArrayList<>(
                switch (engine) {
                    case SQLITE -> List.of(new RawSqlite(500), new RawSqlite(2_000), new JobRunrPeer(engine, 16, 2));
                    case POSTGRES ->
                        List.of(
                                new RawPostgres(1),
                                new RawPostgres(2),
                                new JobRunrPeer(engine, 128, 134),
                                new DbScheduler(50, 10));
                });
        if (!quick) {
            peers.addAll(
                    switch (engine) {
                        case SQLITE -> List.of(new JobRunrPeer(engine, 8, 12));
                        case POSTGRES -> List.of(new JobRunrPeer(engine, 64, 70), new DbScheduler(100, 4));
                    });
        }
        return peers;
    }
}
