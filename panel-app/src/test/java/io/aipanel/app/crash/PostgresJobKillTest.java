package io.aipanel.app.crash;

import io.aipanel.app.TestServer;
import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresJobKillTest {

    @TempDir
    private Path directory;

    @Test
    void killedWorkersAndEnqueuersLoseNoAcknowledgedJobAndDoNoneOnAStaleLease() {
        long seed = Long.getLong("panel.seed", ThreadLocalRandom.current().nextInt());
        System.out.println("PostgresJobKillTest: -Dpanel.seed=" + seed);
        try (JobKillSeries series = new JobKillSeries(TestServer.newDatabase(), directory, seed)) {

            series.run(KillSeries.KILLS);

            System.out.println("PostgresJobKillTest: " + series.summary());
        }
    }
}
