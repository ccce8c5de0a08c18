package io.aipanel.app.crash;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresKillTest {

    /** In every so many rounds the server is killed, too. */
    private static final int SERVER_KILLED_EVERY = 5;

    @TempDir
    private Path directory;

    @Test
    void aKilledProcessOrServerLosesNoAcknowledgedChangeAndRecordsEachOneOnce() throws IOException {
        long seed = Long.getLong("panel.seed", ThreadLocalRandom.current().nextInt());
        System.out.println("PostgresKillTest: -Dpanel.seed=" + seed);
        try (KillableServer server = KillableServer.start(directory.resolve("server"))) {
            KillSeries series = new KillSeries(server.url(), directory, seed);

            for (int i = 0; i < KillSeries.KILLS; i++) {
                if (i % SERVER_KILLED_EVERY == SERVER_KILLED_EVERY - 1) {
                    series.killOnceAfter(server::killAndRestart);
                } else {
                    series.killOnce();
                }
            }

            System.out.println("PostgresKillTest: " + series.summary());
        }
    }
}
