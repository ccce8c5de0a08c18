package io.aipanel.sqlite.storage;

import io.aipanel.ports.backup.CopyProgress;
import org.jspecify.annotations.Nullable;
import org.sqlite.core.DB.ProgressObserver;

/**
 * Hears of pages and tells of bytes. The driver calls it from native code, which nothing may be thrown through, and which goes
 * on until all pages are copied: so what is thrown is kept until then, and nobody is told of more.
 */
final class PageProgress implements ProgressObserver {

    private static final int PAGE_BYTES = 4096;

    private final CopyProgress progress;
    private @Nullable RuntimeException thrown;
    private @Nullable Error fatal;

    PageProgress(CopyProgress progress) {
        this.progress = progress;
    }

    @Override
    public void progress(int left, int all) {
        if (thrown != null || fatal != null) {
            return;
        }
        try {
            progress.copied((long) (all - left) * PAGE_BYTES, (long) all * PAGE_BYTES);
        } catch (RuntimeException e) {
            thrown = e;
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
