package io.aipanel.service.audit;

import java.io.IOException;

/** Where the lines of an export come from, a piece at a time, of which only one is in memory. For one thread. */
interface ExportSource {

    /** The most events of a piece. Each may be a mebibyte large, and a panel should do with a small machine's memory. */
    int PIECE = 50;

    /**
     * Goes on with the next piece.
     *
     * @return whether there may be another
     * @throws ExportOvertaken if the beginning of the log was cut off since the export has begun
     * @throws IOException if it cannot be written
     */
    boolean writePiece(ExportSink sink) throws IOException;
}
