package io.aipanel.service;

/** Waiting for threads to end. */
public final class Threads {

    private Threads() {}

    /**
     * Waits until a thread has ended, whatever happens meanwhile.
     *
     * @return whether the waiting thread was interrupted; the caller must set that again
     */
    public static boolean join(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        return interrupted;
    }
}
