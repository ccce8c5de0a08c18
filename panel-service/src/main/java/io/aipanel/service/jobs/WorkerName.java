package io.aipanel.service.jobs;

import io.aipanel.domain.Text;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

/** What workers call themselves: machine, process, and a number within it. */
final class WorkerName {

    private static final AtomicLong LAST = new AtomicLong();
    private static final int MAX_HOST_BYTES = 200;

    private WorkerName() {}

    static String next() {
        return host() + " pid " + ProcessHandle.current().pid() + "/" + LAST.incrementAndGet();
    }

    /** Asked of the kernel, because asking the network may take long. */
    private static String host() {
        try {
            String name = Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
            return name.isEmpty() ? "localhost" : Text.truncated(name, MAX_HOST_BYTES);
        } catch (IOException e) {
            return "localhost";
        }
    }
}
