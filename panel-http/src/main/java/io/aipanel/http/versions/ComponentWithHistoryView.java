package io.aipanel.http.versions;

import io.aipanel.domain.Cursor;
import io.aipanel.domain.Page;
import io.aipanel.domain.versions.ComponentChange;
import io.aipanel.domain.versions.ComponentStatus;
import io.aipanel.domain.versions.UpdatePolicy;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A component with a page of its history, as the outside sees it. */
record ComponentWithHistoryView(
        String name,
        ComponentStatus status,
        @Nullable String installed,
        @Nullable String candidate,
        String source,
        UpdatePolicy policy,
        ComponentView.@Nullable PinView pin,
        @Nullable Instant lastCheckedAt,
        HistoryView history) {

    static ComponentWithHistoryView of(ComponentView now, Page<ComponentChange> changes) {
        return new ComponentWithHistoryView(
                now.name(),
                now.status(),
                now.installed(),
                now.candidate(),
                now.source(),
                now.policy(),
                now.pin(),
                now.lastCheckedAt(),
                HistoryView.of(changes));
    }

    record HistoryView(List<ChangeView> items, @Nullable String nextCursor) {

        static HistoryView of(Page<ComponentChange> changes) {
            return new HistoryView(
                    changes.items().stream().map(ChangeView::of).toList(),
                    changes.next().map(Cursor::encode).orElse(null));
        }
    }

    record ChangeView(
            long number,
            Instant at,
            @Nullable String installed,
            @Nullable String candidate,
            String source) {

        static ChangeView of(ComponentChange change) {
            return new ChangeView(
                    change.number(),
                    change.at(),
                    change.finding().installed().orElse(null),
                    change.finding().candidate().orElse(null),
                    change.finding().source());
        }
    }
}
