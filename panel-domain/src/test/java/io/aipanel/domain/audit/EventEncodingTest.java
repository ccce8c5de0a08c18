package io.aipanel.domain.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.aipanel.domain.JsonText;
import java.time.Instant;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The test vectors of docs/audit-format.md. */
final class EventEncodingTest {

    static final NewAuditEvent FULL = new NewAuditEvent(
            Instant.parse("2026-01-02T03:04:05.678901Z"),
            "user:anna@example.com",
            "site.create",
            "site:1",
            AuditOutcome.REFUSED,
            Optional.of("192.0.2.7"),
            Optional.of("req-1"),
            new JsonText("{\"name\":\"b\u00fccher.example\"}"));

    static final NewAuditEvent BARE = new NewAuditEvent(
            Instant.parse("1969-12-31T23:59:59.999999Z"),
            "system",
            "panel.start",
            "",
            AuditOutcome.SUCCESS,
            Optional.empty(),
            Optional.empty(),
            JsonText.EMPTY_OBJECT);

    @Test
    void theBytesAreThoseOfTheDocument() {
        assertThat(HexFormat.of().formatHex(EventEncoding.encode(FULL)))
                .isEqualTo("010006475ef6574f3500000015757365723a616e6e61406578616d706c652e636f6d0000000b7369"
                        + "74652e63726561746500000006736974653a310101000000093139322e302e322e37010000000572"
                        + "65712d310000001a7b226e616d65223a2262c3bc636865722e6578616d706c65227d");
        assertThat(HexFormat.of().formatHex(EventEncoding.leaf(FULL).toBytes()))
                .isEqualTo("cb6b0166acb940d2491a80ab150740dface786c6c64dec13cee1c86ddd57e315");
        assertThat(HexFormat.of().formatHex(EventEncoding.encode(BARE)))
                .isEqualTo("01ffffffffffffffff0000000673797374656d0000000b70616e656c2e7374617274000000000000"
                        + "00000000027b7d");
        assertThat(HexFormat.of().formatHex(EventEncoding.leaf(BARE).toBytes()))
                .isEqualTo("40eb788ffc738ca40d29f7ae5a9f2423df6b6dc0dd9d1789535893e3f5173229");
    }

    @Test
    void whateverDiffersIsEncodedDifferently() {
        NewAuditEvent e = FULL;
        List<NewAuditEvent> events = List.of(
                e,
                with(
                        e.at().plusNanos(1_000),
                        e.actor(),
                        e.action(),
                        e.target(),
                        e.outcome(),
                        e.address(),
                        e.requestId()),
                with(e.at(), "user:ann", e.action(), e.target(), e.outcome(), e.address(), e.requestId()),
                with(e.at(), e.actor(), "site.creat", e.target(), e.outcome(), e.address(), e.requestId()),
                with(e.at(), e.actor(), e.action(), "", e.outcome(), e.address(), e.requestId()),
                with(e.at(), e.actor(), e.action(), e.target(), AuditOutcome.FAILURE, e.address(), e.requestId()),
                with(e.at(), e.actor(), e.action(), e.target(), e.outcome(), Optional.empty(), e.requestId()),
                with(e.at(), e.actor(), e.action(), e.target(), e.outcome(), e.address(), Optional.empty()),
                with(e.at(), e.actor(), e.action(), e.target(), e.outcome(), Optional.of("req-1"), Optional.empty()),
                with(
                        e.at(),
                        e.actor(),
                        e.action(),
                        e.target(),
                        e.outcome(),
                        Optional.empty(),
                        Optional.of("192.0.2.7")),
                with(e.at(), "ab", "c", "d", e.outcome(), e.address(), e.requestId()),
                with(e.at(), "a", "c", "bd", e.outcome(), e.address(), e.requestId()));
        Set<Hash> leaves = new HashSet<>();
        events.forEach(event -> leaves.add(EventEncoding.leaf(event)));

        assertThat(leaves).hasSameSizeAs(events);
    }

    private static NewAuditEvent with(
            Instant at,
            String actor,
            String action,
            String target,
            AuditOutcome outcome,
            Optional<String> address,
            Optional<String> requestId) {
        return new NewAuditEvent(at, actor, action, target, outcome, address, requestId, FULL.details());
    }
}
