package io.aipanel.sqlite.storage;

import io.aipanel.ports.backup.CopyProgress;
import org.jspecify.annotations.Nullable;
import org.sqlite.core.DB.ProgressObserver;

/**
 * Hears of pages and tells of bytes. The driver calls it from native code, which nothing may be thrown through, and which goes
 * on until all pages are copied: so what is thrown is kept until then, and nobody is told of more. What is copied meanwhile
 * goes to the disk as before.
 */
final class PageProgress implements ProgressObserver {

    private static final int PAGE_BYTES = 4096;

    private final Runnable sync;
    private final CopyProgress progress;
    private @Nullable RuntimeException thrown;
    private @Nullable Error fatal;

    /**
     * @param sync has what is copied so far written to the disk; called before anybody is told of it
     * @param progress is told
     */
    PageProgress(Runnable sync, CopyProgress progress) {
        this.sync = sync;
        this.progress = progress;
    }

    @Override
    public void progress(int left, int all) {
        keepWhatIsThrown(sync);
        if (thrown == null && fatal == null) {
            keepWhatIsThrown(() -> progress.copied((long) (all - left) * PAGE_BYTES, (long) all * PAGE_BYTES));
        }
    }

    private void keepWhatIsThrown(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException e) {
            thrown = thrown == null ? e : thrown;
        } catch (Error e) {
            fatal = e;
        }
    }

    /** Throws what whoever was told has thrown. */
    void rethrow() {
        if (thrown != null) {
            throw thrown;
        }
        if (fatal != null) {
            throw fatal;
        }
    }
}
