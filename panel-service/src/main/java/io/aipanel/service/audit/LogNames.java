package io.aipanel.service.audit;

import io.aipanel.domain.audit.LogOrigin;
import io.aipanel.domain.audit.LogOrigins;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Under which name a log goes on that was restored from a backup. */
public final class LogNames {

    /** So that a slash and 16 digits still fit into a name. */
    private static final int MOST_OF_THE_FIRST = 83;

    private LogNames() {}

    /**
     * The names that a log must be given, one after the other and right after it was restored, by {@link
     * io.aipanel.ports.audit.CheckpointRepository#beginOrigin}. The last one is new: by chance, because a backup may be
     * restored more than once. Those before it are what the log was called after the backup: what was signed under them is
     * gone, and a check can then say so.
     *
     * @param archived the names of the log as it is in the backup
     * @param lost the names of the log that is replaced, as far as they are known
     * @return empty if it never had a name: then nothing was signed
     */
    public static List<String> forRestored(LogOrigins archived, LogOrigins lost) {
        List<String> names = new ArrayList<>();
        for (LogOrigin each : lost.all()) {
            if (archived.named(each.name()).isEmpty()) {
                names.add(each.name());
            }
        }
        LogOrigins named = archived.all().isEmpty() ? lost : archived;
        named.all().stream().findFirst().ifPresent(first -> names.add(newName(first.name())));
        return names;
    }

    private static String newName(String first) {
        String begin = first.length() > MOST_OF_THE_FIRST ? first.substring(0, MOST_OF_THE_FIRST) : first;
        return begin + "/" + UUID.randomUUID().toString().replace("-", "").substring(0, 16);
    }
}
