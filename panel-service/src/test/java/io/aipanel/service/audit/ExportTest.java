package io.aipanel.service.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aipanel.domain.InvalidValueException;
import io.aipanel.domain.JsonText;
import io.aipanel.domain.audit.AuditFilter;
import io.aipanel.domain.audit.AuditOutcome;
import io.aipanel.domain.audit.NewAuditEvent;
import io.aipanel.ports.storage.StoreCorrupt;
import io.aipanel.service.audit.Verification.Status;
import io.aipanel.service.iam.Actor;
import io.aipanel.service.iam.PermissionDenied;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes out of the log, and what a check without a store says of it. */
class ExportTest extends AuditTest {

    @Test
    void anExportOfTheWholeLogProvesWhatTheLogProves() {
        record(700);
        checkpoint();
        record(1_800);
        Evidence evidence = given(checkpoint());
        record(3);

        Verification found = check(whole(), evidence);

        assertThat(found.message()).contains("2503 events checked", "not verifiable beyond 2500");
        assertThat(found.status()).isEqualTo(Status.INTACT);
        assertThat(found).isEqualTo(panel.audit().verify(PROGRAM, evidence));
    }

    @Test
    void withoutEvidenceItSaysWhatTheLogSays() throws IOException {
        record(300);
        checkpoint();
        String export = String.join("\n", whole());

        Verification alone = ExportCheck.of(stream(export), Evidence.NONE, Optional.empty());
        assertThat(alone.status()).isEqualTo(Status.NOT_VERIFIABLE);
        assertThat(alone.message())
                .contains("300 events checked", "without a public key and a checkpoint that was kept elsewhere");

        Verification withOwnKey = ExportCheck.of(stream(export), Evidence.NONE, Optional.of(keyFile()));
        assertThat(withOwnKey).isEqualTo(panel.audit().verify(PROGRAM, Evidence.NONE));
        assertThat(withOwnKey.status()).isEqualTo(Status.INTACT);

        Evidence keyOnly = new Evidence(List.of(), List.of(publicKey()));
        assertThat(check(whole(), keyOnly)).isEqualTo(panel.audit().verify(PROGRAM, keyOnly));
    }

    @Test
    void aLogWhoseBeginningWasCutOffProvesItselfFromThere() {
        record(300);
        String early = checkpoint();
        record(600);
        panel.audit().cut(PROGRAM, 443);
        Evidence evidence = given(checkpoint());

        Verification found = check(whole(), evidence);

        assertThat(found.status()).isEqualTo(Status.INTACT);
        assertThat(found.checked()).isEqualTo(458);
        assertThat(found).isEqualTo(panel.audit().verify(PROGRAM, evidence));
        assertThat(check(whole(), given(early)).message()).contains("is from before the cut at 443");
        assertThat(check(edited(whole(), 0, "\"cut\":[\"", "\"cut\":[\"AA"), evidence)
                        .message())
                .contains("line 1 cannot be read: cut must be the Base64 of 32 bytes");
    }

    @Test
    void anEmptyLogIsExportedToo() {
        List<String> lines = whole();

        assertThat(lines).hasSize(1);
        assertThat(check(lines, Evidence.NONE)).isEqualTo(panel.audit().verify(PROGRAM, Evidence.NONE));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\n  \"pretty\": true\r\n}",
                " {\"space\" :  1.50e0 } ",
                "{\"twice\":1,\"twice\":2}",
                "{\"details\":{\"index\":5,\"details\":\"}\"}}",
                "[1,2,\"\\u0001\\u2028\u2028 \uD83D\uDE00 ü\"]",
                "\"only a text\"",
                "-0.0",
                "null",
                "123456789012345678901234567890.5"
            })
    void detailsAreKeptToTheLetter(String details) {
        panel.audit().record(odd(new JsonText(details)));
        Evidence evidence = given(checkpoint());
        List<String> lines = whole();

        assertThat(lines).hasSize(3);
        assertThat(check(lines, evidence).status()).isEqualTo(Status.INTACT);
    }

    @Test
    void detailsThatAreDeepAndLongAreKeptToTheLetter() {
        panel.audit().record(odd(new JsonText("[".repeat(900) + "]".repeat(900))));
        panel.audit().record(odd(new JsonText("{\"quotes\":\"" + "\\\"".repeat(500_000) + "\"}")));
        panel.audit().record(odd(new JsonText("\n\"" + "\\\"".repeat(500_000) + "\"")));

        assertThat(check(whole(), given(checkpoint())).status()).isEqualTo(Status.INTACT);
    }

    @Test
    void everyChangeOfAnEventIsFound() {
        Evidence evidence = signed(300);
        List<String> lines = whole();
        for (String change : List.of(
                "user:anna=>user:bnna",
                "file.upload=>file.uploae",
                "file:17=>file:18",
                "\"success\"=>\"failure\"",
                "\"192.0.2.1\"=>\"192.0.2.2\"",
                "\"192.0.2.1\"=>null",
                "request-17=>request-71",
                "{\"n\":17}=>{\"n\": 17}",
                "{\"n\":17}=>null",
                "\"at\":\"20=>\"at\":\"21")) {
            String[] fromTo = change.split("=>");
            broken(
                    check(edited(lines, 18, fromTo[0], fromTo[1]), evidence),
                    0,
                    "one of the events 0 to 255 was changed");
        }
    }

    @Test
    void whatACheckWouldNotCompareIsNoEvent() {
        Evidence evidence = signed(300);
        List<String> lines = whole();

        broken(
                check(edited(lines, 18, "\"target\"", "\"note\":\"x\",\"target\""), evidence),
                17,
                "event 17 was changed: note is no field of such a line");
        broken(
                check(edited(lines, 18, "Z\",\"actor\"", ".000000001Z\",\"actor\""), evidence),
                17,
                "event 17 was changed: at must be");
        broken(
                check(edited(lines, 18, "\"details\"", "\"detailsText\":\"{}\",\"details\""), evidence),
                17,
                "event 17 was changed: details or detailsText must be there, and not both");
        broken(check(edited(lines, 18, "user:anna", ""), evidence), 0, "one of the events 0 to 255 was changed");
        assertThat(check(edited(lines, 18, "\"target\"", "\"actor\":\"user:other\",\"target\""), evidence)
                        .message())
                .contains("line 19 cannot be read: actor comes twice");
    }

    @Test
    void droppedSwappedAndAddedLinesAreFound() {
        Evidence evidence = signed(300);
        List<String> lines = whole();

        List<String> dropped = new ArrayList<>(lines);
        dropped.remove(18);
        broken(check(dropped, evidence), 17, "event 17 is missing");

        List<String> swapped = new ArrayList<>(lines);
        swapped.set(18, lines.get(19));
        swapped.set(19, lines.get(18));
        broken(check(swapped, evidence), 17, "event 17 is missing");

        List<String> renumbered = new ArrayList<>(lines);
        renumbered.set(18, lines.get(19).replace("\"index\":18", "\"index\":17"));
        renumbered.set(19, lines.get(18).replace("\"index\":17", "\"index\":18"));
        broken(
                check(renumbered, evidence),
                0,
                "one of the events 0 to 255 was changed, or changed places with another");

        List<String> twice = new ArrayList<>(lines);
        twice.add(19, lines.get(18));
        broken(check(twice, evidence), 17, "there is more than one event 17");

        List<String> added = new ArrayList<>(lines);
        added.add(added.size() - 1, event(lines, 299).replace("\"index\":299", "\"index\":300"));
        assertThat(check(added, evidence).message()).contains("event 300 was added by other means");
    }

    @Test
    void anExportThatWasCutShortIsFound() {
        Evidence evidence = signed(300);
        List<String> lines = whole();

        List<String> short1 = lines.subList(0, 100);
        broken(check(short1, evidence), 99, "events 99 to 299 are missing");

        List<String> half = new ArrayList<>(lines.subList(0, 100));
        half.set(99, half.get(99).substring(0, 60));
        Verification found = check(half, evidence);
        assertThat(found.status()).isEqualTo(Status.BROKEN);
        assertThat(found.checked()).isEqualTo(98);
        assertThat(found.message())
                .startsWith("the export was changed or cut short: line 100 is not JSON, or only the beginning of it");
    }

    @Test
    void anExportMadeAnewWithoutTheNewestEventsIsFoundByACheckpoint() {
        record(100);
        List<String> older = whole();
        record(20);
        Evidence evidence = given(checkpoint());

        broken(
                check(older, evidence),
                100,
                "the log was replaced by an older copy: a checkpoint that was kept elsewhere has 120, the log has 100");
    }

    @Test
    void aLogThatWasRebuiltIsFoundByACheckpoint() {
        Evidence evidence = signed(300);
        // Made by the same program of other events: consistent in itself.
        panel.close();
        directory = directory.resolve("other");
        assertThat(directory.toFile().mkdir()).isTrue();
        open();
        clock.advance(Duration.ofSeconds(1));
        record(300);
        List<String> rebuilt = edited(whole(), 0, "\"origin\":null", "\"origin\":\"test/log\"");

        broken(check(rebuilt, evidence), 0, "the log was rebuilt or replaced: with 300 events it is another than");
    }

    @Test
    void changedPeaksAndNodesAreFound() {
        Evidence evidence = signed(600);
        List<String> lines = whole();
        String hash = lines.get(0).replaceAll(".*\"peaks\":\\[\"([^\"]+)\".*", "$1");
        String another = (hash.startsWith("A") ? "B" : "A") + hash.substring(1);

        assertThat(check(edited(lines, 0, hash, another), evidence).message())
                .isEqualTo("the top of the tree over events 0 to 511 was changed; the events are as they were");
        assertThat(check(edited(lines, 0, "\"size\":600", "\"size\":601"), evidence)
                        .message())
                .contains("line 1 cannot be read: peaks must be the peaks of a tree of as many events as size says");
        assertThat(check(edited(lines, 0, "test/log\",\"first", "test/other\",\"first"), evidence)
                        .message())
                .contains("is of the log test/log, and this is test/other");
        int node = lines.indexOf(lines.stream()
                .filter(line -> line.contains("\"node\":0"))
                .findFirst()
                .orElseThrow());
        List<String> without = new ArrayList<>(lines);
        without.remove(node);
        assertThat(check(without, evidence).message()).startsWith("node 0 at height 8 of the tree is missing");
    }

    @Test
    void aCheckpointThatIsNotWhereItBelongsIsFound() {
        record(3);
        checkpoint();
        record(2);
        Evidence evidence = given(checkpoint());
        List<String> lines = new ArrayList<>(whole());
        lines.add(lines.remove(4));

        assertThat(check(lines, evidence).message())
                .isEqualTo(
                        "the export was changed or cut short: line 8 is the checkpoint over 3 events: it is not where it"
                                + " belongs");
        assertThat(check(edited(whole(), 4, "\\n3\\n", "\\n5\\n"), evidence).status())
                .isEqualTo(Status.BROKEN);
    }

    @Test
    void aLineThatIsNothingOfAnExportIsNamed() {
        Evidence evidence = signed(5);
        for (String nothing :
                List.of("what?", "[]", "{}", "{\"index\":\"5\"}", "{\"index\":-1}", "{\"height\":1,\"node\":0}")) {
            List<String> lines = new ArrayList<>(whole());
            lines.set(3, nothing);
            Verification found = check(lines, evidence);
            assertThat(found.message()).contains("the export was changed or cut short: line 4 ");
            assertThat(found.status()).isEqualTo(Status.BROKEN);
            assertThat(found.checked()).isEqualTo(2);
        }
        List<String> two = new ArrayList<>(whole());
        two.addAll(whole());
        assertThat(check(two, evidence).message()).contains("line 8 begins another export");
    }

    @Test
    void textThatIsNoTextIsNamed() throws IOException {
        byte[] bytes = (String.join("\n", whole()) + "\n{\"index\":0}").getBytes(StandardCharsets.ISO_8859_1);
        bytes[bytes.length - 4] = (byte) 0xFC;

        Verification found = ExportCheck.of(new ByteArrayInputStream(bytes), Evidence.NONE, Optional.empty());

        assertThat(found.message()).contains("line 2 is no UTF-8 text");
    }

    @Test
    void anyChangedByteIsFoundUnlessTheLineStillSaysTheSame() throws IOException {
        record(290);
        checkpoint();
        Evidence evidence = signed(10);
        byte[] export = text(AuditFilter.OLDEST, ExportFormat.NDJSON).getBytes(StandardCharsets.UTF_8);
        List<ExportLine> lines = lines(export);
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int i = 0; i < 300; i++) {
            byte[] changed = export.clone();
            int place = random.nextInt(export.length);
            changed[place] = (byte) random.nextInt(256);

            Verification found = ExportCheck.of(new ByteArrayInputStream(changed), evidence, Optional.empty());

            if (found.status() != Status.BROKEN) {
                assertThat(lines(changed)).as("seed %d, byte %d", seed, place).isEqualTo(lines);
            }
        }
    }

    private static List<ExportLine> lines(byte[] export) {
        ExportReader reader = new ExportReader(new ByteArrayInputStream(export));
        return Stream.generate(reader::next)
                .takeWhile(Optional::isPresent)
                .map(Optional::get)
                .toList();
    }

    @Test
    void whatIsNotTheWholeLogCannotBeVerified() {
        record(5);

        Verification found = check(export(AuditFilter.OLDEST.actor("user:anna1"), ExportFormat.NDJSON), Evidence.NONE);
        assertThat(found.status()).isEqualTo(Status.NOT_VERIFIABLE);
        assertThat(found.message()).contains("0 events checked", "only an export of everything");
        assertThatThrownBy(() -> check(List.of(), Evidence.NONE))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("export is empty");
        assertThat(check(export(AuditFilter.OLDEST, ExportFormat.CSV), Evidence.NONE)
                        .message())
                .contains("line 1 is not JSON");
    }

    @Test
    void anyQuestionIsExportedInItsOrder() {
        record(450);

        List<String> newest = export(AuditFilter.NEWEST.actor("user:anna1"), ExportFormat.NDJSON);
        assertThat(newest).hasSize(150);
        assertThat(newest.get(0)).startsWith("{\"index\":448,\"at\":\"");
        assertThat(newest.get(149)).startsWith("{\"index\":1,\"at\":\"");
        List<String> some = export(AuditFilter.OLDEST.actor("user:anna1").text("\"n\":44"), ExportFormat.CSV);
        assertThat(some).hasSize(4);
        assertThat(some.get(0)).isEqualTo("index,at,actor,action,target,outcome,address,requestId,details");
        assertThat(some.get(3))
                .isEqualTo(
                        "448,%s,user:anna1,file.upload,file:448,success,192.0.2.1,request-448,\"{\"\"n\"\":448}\"",
                        clock.instant());
        assertThat(export(AuditFilter.OLDEST, ExportFormat.CSV)).hasSize(451);
    }

    @Test
    void aSpreadsheetFindsNoFormulaInATable() {
        for (String target : List.of(
                "=1+1", "+1", "-1", "@a", "\ta", "\ra", "\na", "'a", "a,\"b\"", "a;=1", "a=1", "\uFF1D1", "ü")) {
            panel.audit()
                    .record(new NewAuditEvent(
                            clock.instant(),
                            "=cmd",
                            "file.upload",
                            target,
                            AuditOutcome.FAILURE,
                            Optional.empty(),
                            Optional.empty(),
                            JsonText.EMPTY_OBJECT));
        }

        String table = text(AuditFilter.OLDEST, ExportFormat.CSV);

        assertThat(table)
                .startsWith("index,at,actor,action,target,outcome,address,requestId,details\r\n0,")
                .endsWith(",failure,,,\"{}\"\r\n")
                .contains(
                        ",\"'=cmd\",file.upload,\"'=1+1\",failure,",
                        "\"'+1\"",
                        ",\"'-1\"",
                        ",\"'@a\"",
                        ",\"'\ta\"",
                        ",\"'\ra\"",
                        ",\"'\na\"",
                        ",\"''a\"",
                        ",\"a,\"\"b\"\"\"",
                        ",\"a;=1\"",
                        ",\"a=1\"",
                        ",\"'\uFF1D1\"",
                        ",\"ü\"");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatIsRecordedMeanwhileIsNotInIt(boolean whole) {
        Evidence evidence = signed(500);
        AuditFilter filter = whole ? AuditFilter.OLDEST : AuditFilter.OLDEST.action("file.upload");
        AuditExport export = panel.audit().export(PROGRAM, filter, ExportFormat.NDJSON);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        List<Long> progress = new ArrayList<>();

        long written = writeTo(export, out, events -> {
            progress.add(events);
            record(10);
            checkpoint();
        });

        assertThat(written).isEqualTo(500);
        assertThat(progress).startsWith(50L, 100L, 150L).allMatch(events -> events <= 500);
        List<String> lines = out.toString(StandardCharsets.UTF_8).lines().toList();
        if (whole) {
            assertThat(export.total()).hasValue(500);
            assertThat(check(lines, evidence).message()).contains("500 events checked", "not verifiable beyond 500");
        } else {
            assertThat(export.total()).isEmpty();
            assertThat(lines).hasSize(500);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aCutMeanwhileEndsIt(boolean whole) {
        record(500);
        AuditFilter filter = whole ? AuditFilter.OLDEST : AuditFilter.NEWEST;
        AuditExport export = panel.audit().export(PROGRAM, filter, ExportFormat.CSV);

        assertThatThrownBy(() -> writeTo(
                        export,
                        new ByteArrayOutputStream(),
                        events -> panel.audit().cut(PROGRAM, 7)))
                .isInstanceOf(ExportOvertaken.class)
                .hasMessage(
                        "the audit log was cut off below 7 while it was being exported: the export is not complete; export"
                                + " again");
    }

    @Test
    void aDamagedLogIsNotExportedAsIfItWereWhole() {
        record(500);
        tamper("DELETE FROM events WHERE \"index\" IN (250, 251)");
        assertThatThrownBy(() -> whole())
                .isInstanceOf(StoreCorrupt.class)
                .hasMessage(
                        "events 250 to 251 are missing, and the rest is not exported: panel audit verify says more");

        tamper("DELETE FROM events WHERE \"index\" >= 200");
        assertThatThrownBy(() -> whole()).hasMessageContaining("events 200 to 499 are missing");

        tamper("UPDATE events SET actor = '' WHERE \"index\" = 17");
        assertThatThrownBy(() -> whole())
                .isInstanceOf(StoreCorrupt.class)
                .hasMessageContaining("event 17 was changed by other means (actor must not be empty)");
    }

    @Test
    void whatWasChangedInTheStoreIsFoundInTheExport() {
        Evidence evidence = signed(300);
        tamper("UPDATE events SET target = 'file:other' WHERE \"index\" = 17");
        broken(check(whole(), evidence), 0, "one of the events 0 to 255 was changed");

        tamper("UPDATE events SET details = '{}}' || char(10) || '{' WHERE \"index\" = 17");
        broken(check(whole(), evidence), 0, "one of the events 0 to 255 was changed");
    }

    @Test
    void whoMayNotReadTheLogMayNotExportIt() {
        user("anna@example.com", "user");
        Actor anna = actor("anna@example.com");

        assertThatThrownBy(() -> panel.audit().export(anna, AuditFilter.OLDEST, ExportFormat.CSV))
                .isInstanceOf(PermissionDenied.class);
    }

    @Test
    void whereItCannotBeWrittenItEnds() {
        record(500);
        AuditExport export = panel.audit().export(PROGRAM, AuditFilter.OLDEST, ExportFormat.NDJSON);
        List<Long> progress = new ArrayList<>();

        assertThatThrownBy(() -> export.writeTo(new Closed(), progress::add))
                .isInstanceOf(IOException.class)
                .hasMessage("nobody reads this");
        assertThat(progress).isEmpty();
    }

    private static final class Closed extends OutputStream {
        @Override
        public void write(int b) throws IOException {
            throw new IOException("nobody reads this");
        }
    }

    private Evidence signed(int events) {
        record(events);
        return given(checkpoint());
    }

    private Evidence given(String notes) {
        return new Evidence(Evidence.checkpoints(notes), List.of(publicKey()));
    }

    private NewAuditEvent odd(JsonText details) {
        return new NewAuditEvent(
                clock.instant(),
                "user:\"anna\"\n\u0001",
                "file.upload",
                "\uD83D\uDE00,\\",
                AuditOutcome.REFUSED,
                Optional.empty(),
                Optional.of("\"{},"),
                details);
    }

    private List<String> whole() {
        return export(AuditFilter.OLDEST, ExportFormat.NDJSON);
    }

    private List<String> export(AuditFilter filter, ExportFormat format) {
        return List.of(text(filter, format).split("\r?\n"));
    }

    private String text(AuditFilter filter, ExportFormat format) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        writeTo(panel.audit().export(PROGRAM, filter, format), out, events -> {});
        return out.toString(StandardCharsets.UTF_8);
    }

    private static long writeTo(AuditExport export, OutputStream out, LongConsumer progress) {
        try {
            return export.writeTo(out, progress);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Verification check(List<String> lines, Evidence evidence) {
        try {
            return ExportCheck.of(stream(String.join("\n", lines)), evidence, Optional.empty());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ByteArrayInputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String event(List<String> lines, int index) {
        return lines.stream()
                .filter(line -> line.startsWith("{\"index\":" + index + ","))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> edited(List<String> lines, int line, String from, String to) {
        List<String> edited = new ArrayList<>(lines);
        assertThat(edited.get(line)).contains(from);
        edited.set(line, edited.get(line).replace(from, to));
        return edited;
    }

    private static void broken(Verification found, long firstBad, String message) {
        assertThat(found.message()).contains(message);
        assertThat(found.status()).isEqualTo(Status.BROKEN);
        assertThat(found.firstBad()).contains(firstBad);
    }
}
