package io.aipanel.service.audit;

import java.io.IOException;
import java.io.OutputStream;

/** How events are exported; {@code docs/audit-format.md} says how each is written. */
public enum ExportFormat {
    /** A JSON object in each line, in UTF-8. Of the whole log it has everything that a check of it needs. */
    NDJSON("application/x-ndjson"),
    /** A table (RFC 4180) in UTF-8, which a spreadsheet can open without taking a cell for a formula. */
    CSV("text/csv;charset=utf-8");

    private final String mediaType;

    ExportFormat(String mediaType) {
        this.mediaType = mediaType;
    }

    /** The media type, with its character set if it may have one. */
    public String mediaType() {
        return mediaType;
    }

    /** Begins to write. */
    ExportSink begin(OutputStream out) throws IOException {
        return switch (this) {
            case NDJSON -> new NdjsonSink(out);
            case CSV -> new CsvSink(out);
        };
    }
}
