package io.aipanel.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.aipanel.ports.storage.Storage;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** What was acknowledged is on the disk: shown by the calls that the process makes to the system. */
final class SqliteDurabilityTest {

    private static final int EVENTS = 5;
    private static final Pattern LOG_WRITTEN = Pattern.compile("pwrite64\\(\\d+<[^>]*/audit\\.db-wal>");
    private static final Pattern LOG_SYNCED = Pattern.compile("(fdatasync|fsync)\\(\\d+<[^>]*/audit\\.db-wal>\\) *= 0");
    private static final Pattern SYNC_BEGUN =
            Pattern.compile("(fdatasync|fsync)\\(\\d+<[^>]*/audit\\.db-wal> *<unfinished");
    private static final Pattern SYNC_DONE = Pattern.compile("<\\.\\.\\. (fdatasync|fsync) resumed>\\) *= 0");

    @TempDir
    Path directory;

    /** Without the tool the test is left out, but never where {@code TEST_TOOLS_REQUIRED} is set. */
    static boolean isWanted() {
        return System.getenv("TEST_TOOLS_REQUIRED") != null
                || Stream.of(System.getenv("PATH").split(File.pathSeparator))
                        .anyMatch(place -> Files.isExecutable(Path.of(place, "strace")));
    }

    @Test
    @EnabledIf(value = "isWanted", disabledReason = "strace is missing: apt-get install strace")
    void everyAcknowledgedWriteWasSyncedBefore() throws IOException {
        Path trace = directory.resolve("trace");
        List<String> strace = List.of(
                "strace",
                "--follow-forks",
                "--decode-fds=path",
                "--trace=pwrite64,fdatasync,fsync,write",
                "--output=" + trace);
        try (ChildJvm child = ChildJvm.start(
                strace,
                List.of(),
                Acknowledging.class,
                directory.resolve("data").toString())) {
            assertThat(child.finish())
                    .as("strace must be installed (Debian: strace) and allowed to trace (kernel.yama.ptrace_scope)")
                    .hasSize(EVENTS + 1);
        }

        List<String> calls = Files.readAllLines(trace);
        int from = marker(calls, "ready");
        for (int i = 0; i < EVENTS; i++) {
            int to = marker(calls, "acknowledged " + i);
            assertSynced(calls.subList(from, to), i);
            from = to;
        }
    }

    /** Appends event after event, and says so only when it has been told that each is there. */
    static final class Acknowledging {
        public static void main(String[] arguments) {
            try (Storage storage = SqliteOpeningTest.open(Path.of(arguments[0]))) {
                System.out.println("ready");
                for (int i = 0; i < EVENTS; i++) {
                    SqliteProcessesTest.append(storage, "event");
                    System.out.println("acknowledged " + i);
                }
            }
        }
    }

    private static int marker(List<String> calls, String said) {
        for (int i = 0; i < calls.size(); i++) {
            if (calls.get(i).contains("\"" + said)) {
                return i;
            }
        }
        throw new AssertionError("the trace does not show that the process said '" + said + "'");
    }

    private static void assertSynced(List<String> calls, int event) {
        int written = -1;
        int synced = -1;
        String syncing = "";
        for (int i = 0; i < calls.size(); i++) {
            String call = calls.get(i);
            String thread = call.substring(0, call.indexOf(' '));
            if (LOG_WRITTEN.matcher(call).find()) {
                written = i;
            } else if (SYNC_BEGUN.matcher(call).find()) {
                syncing = thread;
            } else if (LOG_SYNCED.matcher(call).find()
                    || (thread.equals(syncing) && SYNC_DONE.matcher(call).find())) {
                synced = i;
            }
        }
        assertThat(written)
                .as("event %d is written to the log before it is acknowledged", event)
                .isNotNegative();
        assertThat(synced)
                .as("the log is synced after event %d was written and before it is acknowledged", event)
                .isGreaterThan(written);
    }
}
