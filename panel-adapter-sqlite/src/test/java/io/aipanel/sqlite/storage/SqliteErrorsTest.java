package io.aipanel.sqlite.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.aipanel.ports.storage.AlreadyExists;
import io.aipanel.ports.storage.BrokenReference;
import io.aipanel.ports.storage.StoreCorrupt;
import io.aipanel.ports.storage.StoreException;
import io.aipanel.ports.storage.StoreFull;
import io.aipanel.ports.storage.StoreName;
import io.aipanel.ports.storage.StoreUnavailable;
import io.aipanel.ports.storage.StoreUnavailable.Reason;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

final class SqliteErrorsTest {

    private static final StoreFile FILE = StoreFile.in(Path.of("/data"), StoreName.PANEL);

    @ParameterizedTest
    @CsvSource({
        "SQLITE_FULL, StoreFull",
        "SQLITE_CORRUPT, StoreCorrupt",
        "SQLITE_CORRUPT_VTAB, StoreCorrupt",
        "SQLITE_NOTADB, StoreCorrupt",
        "SQLITE_CONSTRAINT_FOREIGNKEY, BrokenReference",
        "SQLITE_CONSTRAINT_TRIGGER, BrokenReference",
        "SQLITE_CONSTRAINT_UNIQUE, AlreadyExists",
        "SQLITE_CONSTRAINT_PRIMARYKEY, AlreadyExists",
        "SQLITE_ERROR, StoreUnavailable"
    })
    void everyCodeHasItsKind(SQLiteErrorCode code, String kind) {
        SQLiteException cause = new SQLiteException("as SQLite says it", code);

        RuntimeException failure = SqliteErrors.translate(new IllegalStateException(cause), FILE);

        assertThat(failure).isInstanceOf(StoreException.class).hasCause(cause);
        assertThat(failure.getClass().getSimpleName()).isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvSource({
        "SQLITE_BUSY, TIMED_OUT",
        "SQLITE_BUSY_RECOVERY, TIMED_OUT",
        "SQLITE_INTERRUPT, TIMED_OUT",
        "SQLITE_READONLY, READ_ONLY",
        "SQLITE_READONLY_DIRECTORY, READ_ONLY",
        "SQLITE_PERM, READ_ONLY",
        "SQLITE_CANTOPEN, UNREACHABLE",
        "SQLITE_IOERR_FSYNC, UNREACHABLE",
        "SQLITE_IOERR_WRITE, UNREACHABLE"
    })
    void whatIsUnavailableSaysWhy(SQLiteErrorCode code, Reason reason) {
        SQLiteException cause = new SQLiteException("as SQLite says it", code);

        assertThat(SqliteErrors.translate(cause, FILE)).isInstanceOfSatisfying(StoreUnavailable.class, unavailable -> {
            assertThat(unavailable.reason()).isEqualTo(reason);
            assertThat(unavailable).hasMessageContaining("/data/panel.db").hasCause(cause);
        });
    }

    @Test
    void whatTheDriverSaysWithoutACodeIsAStoreFailureToo() {
        SQLException cause = new SQLTransientConnectionException("no connection within 30 s");

        assertThat(SqliteErrors.translate(new IllegalStateException(cause), FILE))
                .isInstanceOf(StoreUnavailable.class)
                .hasMessageContaining("no connection within 30 s")
                .hasCause(cause);
    }

    @Test
    void aBugStaysABug() {
        RuntimeException bug = new NullPointerException("bug");

        assertThat(SqliteErrors.translate(bug, FILE)).isSameAs(bug);
        assertThat(SqliteErrors.translate(
                        new SQLiteException("CHECK constraint failed", SQLiteErrorCode.SQLITE_CONSTRAINT_CHECK), FILE))
                .isInstanceOf(IllegalStateException.class)
                .isNotInstanceOfAny(AlreadyExists.class, BrokenReference.class, StoreCorrupt.class, StoreFull.class);
    }
}
