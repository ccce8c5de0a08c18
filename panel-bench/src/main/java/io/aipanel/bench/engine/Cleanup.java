package io.aipanel.bench.engine;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/** What has to be done once before the process ends, however it is asked to end. Safe for use by many threads. */
final class Cleanup {

    /** One thing to do. */
    @FunctionalInterface
    interface Step {

        void run() throws IOException;
    }

    private final Deque<Step> steps = new ArrayDeque<>();

    private Cleanup() {}

    /** Nothing yet; whatever is added is done when the process ends, unless that happens before. */
    static Cleanup atExit() {
        Cleanup cleanup = new Cleanup();
        Runtime.getRuntime().addShutdownHook(new Thread(cleanup::runAtExit, "bench-cleanup"));
        return cleanup;
    }

    /** Adds what has to be done before everything that was added earlier. */
    synchronized void add(Step step) {
        steps.push(step);
    }

    /** Does what is left to do. */
    synchronized void run() throws IOException {
        while (!steps.isEmpty()) {
            steps.pop().run();
        }
    }

    private void runAtExit() {
        try {
            run();
        } catch (IOException e) {
            System.err.println("bench: " + e.getMessage());
        }
    }
}
