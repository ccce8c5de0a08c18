package io.aipanel.bench.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the operating system keeps of files in memory, which Linux can be told to forget. */
final class SystemCaches {

    private static final Path DROP = Path.of("/proc/sys/vm/drop_caches");

    private SystemCaches() {}

    static boolean canBeDropped() {
        return Files.isWritable(DROP);
    }

    /** Writes back what has to be, and forgets everything. */
    static void drop() throws IOException, InterruptedException {
        if (new ProcessBuilder("sync").inheritIO().start().waitFor() != 0) {
            throw new IOException("sync has failed");
        }
        Files.writeString(DROP, "3");
    }
}
