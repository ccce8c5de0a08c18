package io.aipanel.service.audit;

import io.aipanel.domain.audit.AuditFilter;
import io.aipanel.ports.audit.AuditRepository;
import io.aipanel.ports.audit.CheckpointRepository;
import java.io.IOException;
import java.io.OutputStream;
import java.util.OptionalLong;
import java.util.function.LongConsumer;

/**
 * Events on their way out of the log: those that were there when the export was asked for. Everything, the oldest first,
 * goes by index and has with it what a check needs; any other question goes by time. Only a piece is in memory, however many
 * there are, and no transaction stays open. For one thread and one use.
 */
public final class AuditExport {

    private final ExportSource source;
    private final ExportFormat format;
    private final OptionalLong total;

    private AuditExport(ExportSource source, ExportFormat format, OptionalLong total) {
        this.source = source;
        this.format = format;
        this.total = total;
    }

    static AuditExport of(
            AuditRepository audit, CheckpointRepository checkpoints, AuditFilter filter, ExportFormat format) {
        if (!filter.equals(AuditFilter.OLDEST)) {
            return new AuditExport(new QuestionedLog(audit, filter), format, OptionalLong.empty());
        }
        WholeLog whole = new WholeLog(audit, checkpoints);
        long events = whole.tree().size() - whole.tree().first();
        return new AuditExport(whole, format, OptionalLong.of(events));
    }

    /** How many events there are; empty if only counting them would tell. */
    public OptionalLong total() {
        return total;
    }

    /**
     * Writes everything, and flushes after each piece.
     *
     * @param out stays open
     * @param progress is told after each piece how many events have been written
     * @return how many events were written
     * @throws IOException if it cannot be written; nothing more is read then
     * @throws ExportOvertaken if the beginning of the log is cut off meanwhile
     * @throws io.aipanel.ports.storage.StoreCorrupt if an event is missing or cannot be read
     */
    public long writeTo(OutputStream out, LongConsumer progress) throws IOException {
        Counted sink = new Counted(format.begin(out));
        boolean more = true;
        while (more) {
            more = source.writePiece(sink);
            sink.flush();
            progress.accept(sink.events);
        }
        return sink.events;
    }

    /** Counts the events that go through. */
    private static final class Counted implements ExportSink {
        private final ExportSink sink;
        private long events;

        Counted(ExportSink sink) {
            this.sink = sink;
        }

        @Override
        public void write(ExportLine line) throws IOException {
            sink.write(line);
            events += line instanceof ExportLine.Event ? 1 : 0;
        }

        @Override
        public void flush() throws IOException {
            sink.flush();
        }
    }
}
