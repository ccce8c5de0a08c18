package io.aipanel.app.crash;

import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteJobKillTest {

    @TempDir
    private Path directory;

    @Test
    void killedWorkersAndEnqueuersLoseNoAcknowledgedJobAndDoNoneOnAStaleLease() {
        long seed = Long.getLong("panel.seed", ThreadLocalRandom.current().nextInt());
        System.out.println("SqliteJobKillTest: -Dpanel.seed=" + seed);
        try (JobKillSeries series = new JobKillSeries("sqlite:" + directory.resolve("data"), directory, seed)) {

            series.run(KillSeries.KILLS);

            System.out.println("SqliteJobKillTest: " + series.summary());
        }
    }
}
