package io.aipanel.service.jobs;

import io.aipanel.service.Machine;
import java.util.concurrent.atomic.AtomicLong;

/** What workers call themselves: machine, process, and a number within it. */
final class WorkerName {

    private static final AtomicLong LAST = new AtomicLong();

    private WorkerName() {}

    static String next() {
        return Machine.name() + " pid " + ProcessHandle.current().pid() + "/" + LAST.incrementAndGet();
    }
}
