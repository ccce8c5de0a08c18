package io.aipanel.bench.audit;

import io.aipanel.bench.engine.Database;
import io.aipanel.bench.engine.DurablePanel;
import io.aipanel.domain.audit.NewAuditEvent;
import io.aipanel.service.Panel;
import java.util.List;

/** The panel, as an embedder uses it. */
record PanelAppender(Panel panel) implements Appender {

    static PanelAppender on(Database database) {
        return new PanelAppender(DurablePanel.open(database));
    }

    @Override
    public void append(List<NewAuditEvent> events) {
        panel.audit().record(events);
    }

    @Override
    public void close() {
        panel.close();
    }
}
