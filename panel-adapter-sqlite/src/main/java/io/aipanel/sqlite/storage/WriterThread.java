package io.aipanel.sqlite.storage;

/** A thread that holds a write lock while it runs other people's work, which must therefore not wait for anything. */
final class WriterThread extends Thread {

    WriterThread(Runnable body, String name) {
        super(body, name);
    }

    /** Waits for the end of a thread. An interrupt does not end the wait; it is kept for the caller. */
    static void joinPatiently(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * @throws IllegalStateException if the present thread is in the middle of a transaction
     */
    static void refuseCallsFromWithin() {
        if (Thread.currentThread() instanceof WriterThread) {
            throw new IllegalStateException("the work of a transaction must not call the storage or a panel:"
                    + " use what the transaction offers, or call it before or after");
        }
    }
}
