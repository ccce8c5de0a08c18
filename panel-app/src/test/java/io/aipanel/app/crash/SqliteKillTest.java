package io.aipanel.app.crash;

import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteKillTest {

    @TempDir
    private Path directory;

    @Test
    void aKilledProcessLosesNoAcknowledgedChangeAndRecordsEachOneOnce() {
        long seed = Long.getLong("panel.seed", ThreadLocalRandom.current().nextInt());
        System.out.println("SqliteKillTest: -Dpanel.seed=" + seed);
        KillSeries series = new KillSeries("sqlite:" + directory.resolve("data"), directory, seed);

        for (int i = 0; i < KillSeries.KILLS; i++) {
            series.killOnce();
        }

        System.out.println("SqliteKillTest: " + series.summary());
    }
}
