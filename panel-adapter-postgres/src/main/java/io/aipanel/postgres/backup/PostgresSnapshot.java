package io.aipanel.postgres.backup;

import io.aipanel.ports.backup.CopyProgress;
import io.aipanel.ports.backup.Snapshot;
import io.aipanel.ports.storage.StoreName;
import io.aipanel.postgres.storage.HeldMoment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import org.postgresql.PGConnection;

/** One instant of the three schemas, from which each is copied into a file of its own. See {@link CopyFormat}. */
public final class PostgresSnapshot implements Snapshot {

    private final HeldMoment moment;

    /** @param moment the instant; closed with this */
    public PostgresSnapshot(HeldMoment moment) {
        this.moment = moment;
    }

    @Override
    public Instant at() {
        return moment.at();
    }

    @Override
    public String fileName(StoreName store) {
        return name(store);
    }

    /** What every copy of a store is called. */
    static String name(StoreName store) {
        return store.wireName() + ".copy";
    }

    @Override
    public void copy(StoreName store, Path path, CopyProgress progress) {
        StoredSchema schema = moment.read(connection -> StoredSchema.of(connection, store));
        TableProgress told = new TableProgress(schema.tables(), progress);
        try (CopyFile file = CopyFile.make(path, told::written)) {
            try {
                write(store, schema, file, told);
                told.finished();
                file.finish();
            } catch (IOException e) {
                throw file.failure(e);
            } catch (UncheckedIOException e) {
                throw file.failure(e.getCause());
            }
        }
    }

    private void write(StoreName store, StoredSchema schema, CopyFile file, TableProgress told) throws IOException {
        file.line(CopyFormat.first());
        file.line(CopyFormat.STORE + store.wireName());
        file.line(CopyFormat.SCHEMA + schema.version());
        file.line(CopyFormat.AT + at());
        file.line(CopyFormat.SERVER + schema.server());
        file.line(CopyFormat.ENCODING);
        long rows = 0;
        for (StoredTable table : schema.tables()) {
            told.begun(table, file.size());
            file.line(CopyFormat.table(table.schema(), table.name(), table.columns()));
            rows += moment.read(connection -> copyRows(connection, table, file));
            file.line(CopyFormat.END_OF_ROWS);
        }
        for (String sequence : schema.sequences()) {
            file.line(sequence);
        }
        file.line(CopyFormat.end(schema.tables().size(), rows, file.checksum()));
    }

    /** Row by row as the server sends them: however many they are, they never are in memory together. */
    private static long copyRows(Connection connection, StoredTable table, CopyFile file) throws SQLException {
        PGConnection driver = connection.unwrap(PGConnection.class);
        RowSink sink = new RowSink(file, driver);
        try {
            long rows = driver.getCopyAPI().copyOut(table.copyOut(), sink);
            sink.rethrow();
            return rows;
        } catch (SQLException e) {
            sink.rethrow();
            throw e;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        moment.close();
    }
}
