package io.aipanel.postgres.backup;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/**
 * Where the rows of a table go while the server sends them. Where they cannot go any further, the server is asked to stop, and
 * what it has sent by then is read and thrown away: the driver's own way to leave a copy early loses track of what the server
 * answers, and the connection with it. For one thread.
 */
final class RowSink extends OutputStream {

    private final OutputStream target;
    private final PGConnection connection;
    private @Nullable IOException failure;
    private @Nullable RuntimeException refusal;
    private @Nullable Error error;

    RowSink(OutputStream target, PGConnection connection) {
        this.target = target;
        this.connection = connection;
    }

    @Override
    public void write(int b) {
        write(new byte[] {(byte) b});
    }

    @Override
    public void write(byte[] bytes) {
        write(bytes, 0, bytes.length);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        if (hasFailed()) {
            return;
        }
        try {
            target.write(bytes, offset, length);
        } catch (IOException e) {
            failure = e;
        } catch (RuntimeException e) {
            refusal = e;
        } catch (Error e) {
            error = e;
        }
        if (hasFailed()) {
            stop();
        }
    }

    /** Throws what has kept rows from going on. */
    void rethrow() {
        if (failure != null) {
            throw new UncheckedIOException(failure);
        }
        if (refusal != null) {
            throw refusal;
        }
        if (error != null) {
            throw error;
        }
    }

    private boolean hasFailed() {
        return failure != null || refusal != null || error != null;
    }

    private void stop() {
        try {
            connection.cancelQuery();
        } catch (SQLException e) {
            // Then it ends when all rows are read, or because the server is gone.
        }
    }
}
