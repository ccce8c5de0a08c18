package io.aipanel.service.audit;

import java.io.IOException;

/** Where the lines of an export go, one after the other. For one thread. */
interface ExportSink {

    /**
     * Writes a line; may keep a little of it back.
     *
     * @throws IOException if it cannot be written
     */
    void write(ExportLine line) throws IOException;

    /** Writes what was kept back. */
    void flush() throws IOException;
}
