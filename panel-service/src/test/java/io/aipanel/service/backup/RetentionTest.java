package io.aipanel.service.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.aipanel.domain.audit.Hash;
import io.aipanel.domain.backup.BackupMethod;
import io.aipanel.domain.backup.BackupName;
import io.aipanel.domain.backup.BackupTrigger;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RetentionTest {

    private static final Instant FIRST = Instant.parse("2026-01-01T02:00:00Z");

    private final List<Backup> backups = new ArrayList<>();

    @Test
    void aYearOfDaysLeavesSevenDaysFourWeeksAndThreeMonths() {
        for (int day = 0; day < 365; day++) {
            add(FIRST.plus(Duration.ofDays(day)), BackupTrigger.SCHEDULED, true);
        }

        assertThat(kept())
                .as("the newest of each of the last days, weeks and months")
                .containsExactly(
                        "20261031T020000Z",
                        "20261130T020000Z",
                        "20261213T020000Z",
                        "20261220T020000Z",
                        "20261225T020000Z",
                        "20261226T020000Z",
                        "20261227T020000Z",
                        "20261228T020000Z",
                        "20261229T020000Z",
                        "20261230T020000Z",
                        "20261231T020000Z");
    }

    @Test
    void whatAPanelHasThatWasOffForLongIsKept() {
        for (int day = 0; day < 7; day++) {
            add(FIRST.plus(Duration.ofDays(day)), BackupTrigger.SCHEDULED, true);
        }
        List<String> all = kept();
        assertThat(all).hasSize(7);

        add(FIRST.plus(Duration.ofDays(500)), BackupTrigger.SCHEDULED, true);

        assertThat(kept()).as("one more, and still seven days").hasSize(7).contains("20270516T020000Z");
    }

    @Test
    void ofOneDayTheNewestIsKept() {
        add(FIRST, BackupTrigger.SCHEDULED, true);
        add(FIRST.plusSeconds(3600), BackupTrigger.ON_DEMAND, true);

        assertThat(kept()).containsExactly("20260101T030000Z");
    }

    @Test
    void theNewestSoundOneIsKeptHoweverManyBrokenOnesFollow() {
        add(FIRST, BackupTrigger.SCHEDULED, true);
        for (int day = 1; day < 100; day++) {
            add(FIRST.plus(Duration.ofDays(day)), BackupTrigger.SCHEDULED, false);
        }

        assertThat(kept()).contains("20260101T020000Z");
    }

    @Test
    void whatWasMadeBeforeARestoreIsKeptUntilTheNextScheduledOne() {
        add(FIRST, BackupTrigger.PRE_OPERATION, true);
        add(FIRST.plusSeconds(60), BackupTrigger.ON_DEMAND, true);
        assertThat(kept()).contains("20260101T020000Z");

        add(FIRST.plusSeconds(120), BackupTrigger.SCHEDULED, false);
        assertThat(kept()).as("a broken one does not count").contains("20260101T020000Z");

        add(FIRST.plusSeconds(180), BackupTrigger.SCHEDULED, true);
        assertThat(kept()).doesNotContain("20260101T020000Z");
    }

    @Test
    void whatCannotBeReadIsLeftForSomebodyToLookAt() {
        add(FIRST, BackupTrigger.SCHEDULED, true);
        backups.add(new Backup(
                new BackupName("20200101T020000Z"),
                Path.of("nowhere"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty()));

        assertThat(Retention.DEFAULT.expired(backups, ZoneOffset.UTC)).isEmpty();
    }

    private List<String> kept() {
        List<BackupName> expired = Retention.DEFAULT.expired(backups, ZoneOffset.UTC);
        return backups.stream()
                .map(Backup::name)
                .filter(name -> !expired.contains(name))
                .map(BackupName::value)
                .toList();
    }

    private void add(Instant at, BackupTrigger trigger, boolean sound) {
        BackupName name = BackupName.of(at, 1);
        Manifest manifest = new Manifest(
                name,
                "1",
                "sqlite",
                at,
                trigger,
                BackupMethod.ONLINE,
                Packing.PLAIN,
                List.of(),
                new ArchivedLog(0, Hash.ofNothing(), Optional.empty()));
        Check check = new Check(at, false, Duration.ZERO, sound ? List.of() : List.of("broken"));
        backups.add(new Backup(name, Path.of("nowhere"), Optional.of(manifest), Optional.of(check), Optional.empty()));
    }
}
