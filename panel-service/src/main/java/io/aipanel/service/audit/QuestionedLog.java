package io.aipanel.service.audit;

import io.aipanel.domain.Page;
import io.aipanel.domain.PageRequest;
import io.aipanel.domain.audit.AuditEvent;
import io.aipanel.domain.audit.AuditFilter;
import io.aipanel.domain.audit.LogTree;
import io.aipanel.domain.audit.StoredEvent;
import io.aipanel.ports.audit.AuditRepository;
import java.io.IOException;

/** The events that a question is about and that were there at the beginning, in the order of the question. */
final class QuestionedLog implements ExportSource {

    private final AuditRepository audit;
    private final AuditFilter filter;
    private final LogTree begin;
    private PageRequest request = PageRequest.first(PIECE);

    QuestionedLog(AuditRepository audit, AuditFilter filter) {
        this.audit = audit;
        this.filter = filter;
        this.begin = audit.tree();
    }

    @Override
    public boolean writePiece(ExportSink sink) throws IOException {
        Page<AuditEvent> page = audit.events(filter, request);
        // After the page: what is removed from the log was cut off before.
        long first = audit.tree().first();
        if (first != begin.first()) {
            throw new ExportOvertaken(first);
        }
        for (AuditEvent event : page.items()) {
            if (event.index() >= first && event.index() < begin.size()) {
                sink.write(new ExportLine.Event(StoredEvent.of(event.index(), event.event())));
            }
        }
        page.next().ifPresent(cursor -> request = request.after(cursor));
        return page.next().isPresent();
    }
}
