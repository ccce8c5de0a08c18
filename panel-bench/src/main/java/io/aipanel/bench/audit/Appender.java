package io.aipanel.bench.audit;

import io.aipanel.domain.audit.NewAuditEvent;
import java.sql.SQLException;
import java.util.List;

/** Who takes events in. Safe for use by many threads. */
interface Appender extends AutoCloseable {

    /** Returns when the events are durable. */
    void append(List<NewAuditEvent> events) throws Exception;

    @Override
    void close() throws SQLException;
}
