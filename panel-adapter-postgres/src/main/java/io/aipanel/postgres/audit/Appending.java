package io.aipanel.postgres.audit;

import io.aipanel.domain.audit.AuditEvent;
import io.aipanel.domain.audit.NewAuditEvent;
import io.aipanel.domain.audit.Peaks;
import io.aipanel.domain.audit.TreeGrowth;
import io.aipanel.domain.audit.TreeNode;
import io.aipanel.ports.storage.StoreCorrupt;
import io.aipanel.postgres.storage.Columns;
import io.aipanel.postgres.storage.CombinedChanges;
import io.aipanel.postgres.storage.Rows;
import io.aipanel.postgres.storage.SqlStates;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.Update;

/** How events come into the log: in a transaction that has the row of the tree, with one further statement for all. */
public final class Appending implements CombinedChanges.Change<Peaks, HashedEvent, AuditEvent> {

    /** So many events go into one transaction, unless one caller has more: others wait for the row meanwhile. */
    static final int MOST_COMBINED = 5_000;

    private static final String APPEND = """
            WITH added AS (
                INSERT INTO audit.events (index, at, actor, action, target, outcome, address, request_id, details)
                SELECT :first + place - 1, at::timestamptz, actor, action, target, outcome, address, request_id, details
                FROM unnest(:at, :actor, :action, :target, :outcome, :address, :requestId, :details)
                     WITH ORDINALITY AS event
                         (at, actor, action, target, outcome, address, request_id, details, place)
            ), completed AS (
                INSERT INTO audit.nodes (height, index, hash) SELECT * FROM unnest(:heights, :indexes, :hashes)
            )
            UPDATE audit.tree SET size = :size, peaks = :peaks WHERE size = :first
            """;

    Appending() {}

    /** Keeps everybody else who appends waiting until the end of the transaction. */
    public static void lock(Handle handle) {
        TreeRow.lock(handle);
    }

    /** Appends events within a transaction that is under way. */
    public static void append(Handle handle, List<NewAuditEvent> events) {
        append(handle, TreeRow.lock(handle).peaks(), HashedEvent.of(events));
    }

    @Override
    public Peaks begin(Handle handle) {
        return TreeRow.lock(handle).peaks();
    }

    @Override
    public List<AuditEvent> make(Handle handle, Peaks begun, List<HashedEvent> wanted) {
        return append(handle, begun, wanted);
    }

    static List<AuditEvent> append(Handle handle, Peaks before, List<HashedEvent> events) {
        TreeGrowth growth = new TreeGrowth(before);
        List<NewAuditEvent> rows = new ArrayList<>(events.size());
        List<AuditEvent> appended = new ArrayList<>(events.size());
        for (HashedEvent hashed : events) {
            growth.add(hashed.leaf());
            rows.add(hashed.event());
            appended.add(new AuditEvent(before.size() + appended.size(), hashed.event()));
        }
        List<TreeNode> completed = growth.takeCompleted();
        insert(handle, before.size(), rows, completed, growth.peaks());
        return appended;
    }

    private static void insert(
            Handle handle, long first, List<NewAuditEvent> rows, List<TreeNode> completed, Peaks after) {
        Update append = handle.createUpdate(APPEND)
                .bind("first", first)
                .bind("at", Columns.texts(rows, event -> event.at().toString()))
                .bind("actor", Columns.texts(rows, NewAuditEvent::actor))
                .bind("action", Columns.texts(rows, NewAuditEvent::action))
                .bind("target", Columns.texts(rows, NewAuditEvent::target))
                .bind("outcome", Columns.texts(rows, event -> Rows.nameOf(event.outcome())))
                .bind("address", Columns.texts(rows, event -> event.address().orElse(null)))
                .bind(
                        "requestId",
                        Columns.texts(rows, event -> event.requestId().orElse(null)))
                .bind("details", Columns.texts(rows, event -> event.details().value()))
                .bind("heights", Columns.integers(completed, TreeNode::height))
                .bind("indexes", Columns.longs(completed, TreeNode::index))
                .bind("hashes", Columns.bytes(completed, node -> node.hash().toBytes()))
                .bind("size", after.size())
                .bind("peaks", after.toBytes());
        try {
            append.execute();
        } catch (JdbiException e) {
            if (SqlStates.find(e).filter(SqlStates::isDuplicate).isPresent()) {
                throw new StoreCorrupt(
                        "the audit log has rows past its end, which others have put there: nothing can be appended until"
                                + " they are gone; panel audit verify says which",
                        e);
            }
            throw e;
        }
    }
}
