package io.aipanel.service.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.aipanel.domain.Cursor;
import io.aipanel.domain.Page;
import io.aipanel.domain.PageRequest;
import io.aipanel.domain.audit.AuditEvent;
import io.aipanel.domain.audit.AuditFilter;
import io.aipanel.domain.audit.EventEncoding;
import io.aipanel.domain.audit.LogOrigins;
import io.aipanel.domain.audit.LogPart;
import io.aipanel.domain.audit.LogTree;
import io.aipanel.domain.audit.NewAuditEvent;
import io.aipanel.domain.audit.Peaks;
import io.aipanel.domain.audit.StoredEvent;
import io.aipanel.domain.audit.TreeGrowth;
import io.aipanel.ports.audit.AuditRepository;
import io.aipanel.ports.audit.CheckpointRepository;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** However large a log is, each piece of it has left before the next one is asked for. */
class ExportPiecesTest {

    private static final int EVENTS = 50_000;

    private final List<NewAuditEvent> events = AuditTest.events(Instant.EPOCH, EVENTS);
    private final Lines written = new Lines();
    private long pieces;

    @ParameterizedTest
    @CsvSource({"true, NDJSON", "true, CSV", "false, NDJSON", "false, CSV"})
    void everyPieceIsWrittenBeforeTheNextIsRead(boolean whole, ExportFormat format) throws IOException {
        AuditFilter filter = whole ? AuditFilter.OLDEST : AuditFilter.OLDEST.action("file.");
        AuditExport export = AuditExport.of(log(tree()), noCheckpoints(), filter, format);

        long exported = export.writeTo(written, progress -> assertThat(progress).isLessThanOrEqualTo(EVENTS));

        assertThat(exported).isEqualTo(EVENTS);
        assertThat(pieces).isEqualTo(EVENTS / ExportSource.PIECE);
        assertThat(export.total()).isEqualTo(whole ? OptionalLong.of(EVENTS) : OptionalLong.empty());
        boolean headed = whole || format == ExportFormat.CSV;
        assertThat(written.number).isEqualTo(EVENTS + (headed ? 1 : 0));
    }

    private Object piece(long from, int most, boolean asPage, LogTree tree) {
        assertThat(most).isLessThanOrEqualTo(ExportSource.PIECE);
        assertThat(written.number).as("what was read before has been written").isGreaterThanOrEqualTo(from);
        pieces++;
        int until = (int) Math.min(EVENTS, from + most);
        List<AuditEvent> piece = new ArrayList<>();
        for (int index = (int) from; index < until; index++) {
            piece.add(new AuditEvent(index, events.get(index)));
        }
        if (asPage) {
            return new Page<>(
                    piece, until < EVENTS ? Optional.of(Cursor.of(Integer.toString(until))) : Optional.empty());
        }
        return new LogPart(
                tree,
                piece.stream()
                        .map(event -> StoredEvent.of(event.index(), event.event()))
                        .toList(),
                List.of());
    }

    private LogTree tree() {
        TreeGrowth growth = new TreeGrowth(Peaks.NONE);
        events.forEach(event -> growth.add(EventEncoding.leaf(event)));
        return new LogTree(growth.peaks(), Peaks.NONE);
    }

    private AuditRepository log(LogTree tree) {
        return (AuditRepository) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {AuditRepository.class}, (proxy, method, arguments) -> {
                    switch (method.getName()) {
                        case "tree":
                            return tree;
                        case "part":
                            return piece((long) arguments[0], (int) arguments[1], false, tree);
                        case "events":
                            PageRequest request = (PageRequest) arguments[1];
                            return piece(from(request), request.limit(), true, tree);
                        default:
                            throw new AssertionError(method);
                    }
                });
    }

    private static CheckpointRepository noCheckpoints() {
        return (CheckpointRepository) Proxy.newProxyInstance(
                ExportPiecesTest.class.getClassLoader(),
                new Class<?>[] {CheckpointRepository.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "latest" -> Optional.empty();
                    case "checkpoints" -> new Page<>(List.of(), Optional.empty());
                    case "origins" -> LogOrigins.NONE;
                    case "keys" -> List.of();
                    default -> throw new AssertionError(method);
                });
    }

    private static long from(PageRequest request) {
        return request.after().map(cursor -> cursor.number(0)).orElse(0L);
    }

    /** Counts lines, and keeps nothing. */
    private static final class Lines extends OutputStream {
        private long number;

        @Override
        public void write(int next) {
            number += next == '\n' ? 1 : 0;
        }
    }
}
