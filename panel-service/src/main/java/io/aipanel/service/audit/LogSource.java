package io.aipanel.service.audit;

import io.aipanel.domain.audit.LogOrigins;
import io.aipanel.domain.audit.LogPart;
import io.aipanel.domain.audit.VerifierKey;
import java.util.List;
import java.util.Optional;

/** A log that is to be checked, from its first event to its last, a stretch at a time. For one thread and one check. */
interface LogSource {

    /** The most events of a stretch. They hold up to a mebibyte each, though they hardly ever do. */
    int STRETCH = 1_000;

    /** The names that the log has had; none if it has no name yet. */
    LogOrigins origins();

    /** The public keys that the log says belong to it. */
    List<VerifierKey> keys();

    /** The checkpoints that come with the log; they may be read along with its events. */
    LogCheckpoints checkpoints();

    /** The first stretch: from the log's first event on. May be without events. */
    LogPart first();

    /**
     * The stretch that follows. If its tree begins elsewhere than before, somebody has just cut off the beginning.
     *
     * @return empty if the log has ended
     * @throws io.aipanel.ports.storage.StoreCorrupt if what is there cannot be read
     */
    Optional<LogPart> next();
}
