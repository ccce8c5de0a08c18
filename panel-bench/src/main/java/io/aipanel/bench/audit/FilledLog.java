package io.aipanel.bench.audit;

import io.aipanel.bench.harness.Progress;
import io.aipanel.ports.storage.Storage;

/**
 * An audit log that is filled in bulk, before something is measured on it.
 *
 * @param storage whose log
 * @param samples where the events come from
 * @param progress hears how large it has become
 */
public record FilledLog(Storage storage, SampleEvents samples, Progress progress) {

    private static final int LIST = 5_000;

    /** Appends until there are so many events. */
    void toEvents(long number) {
        for (long size = storage.audit().size(); size < number; size += LIST) {
            storage.audit().append(samples.next((int) Math.min(LIST, number - size)));
        }
        tell();
    }

    /** Appends until the log takes so many bytes; does nothing if it does. */
    public void toBytes(long number) {
        while (bytes() < number) {
            storage.audit().append(samples.next(LIST));
        }
        tell();
    }

    /** How many bytes the log takes, what is still in its write-ahead log included. */
    public long bytes() {
        return storage.measures().auditBytes();
    }

    private void tell() {
        progress.say("%d events, %d MB", storage.audit().size(), bytes() / 1_000_000);
    }
}
