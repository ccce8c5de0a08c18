package io.aipanel.service.backup;

import io.aipanel.domain.backup.BackupName;
import io.aipanel.domain.backup.BackupTrigger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.temporal.IsoFields;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * Which backups are kept: of each of the last days, weeks and months that have one, the newest. Days, weeks and months without
 * one do not count, so that a panel that was off for long keeps what it has.
 *
 * @param daily for how many days, 1 or more
 * @param weekly for how many weeks (ISO 8601), 0 or more
 * @param monthly for how many months, 0 or more
 */
record Retention(int daily, int weekly, int monthly) {

    static final Retention DEFAULT = new Retention(7, 4, 3);

    /**
     * Those that need not be kept. Never the newest sound one, and none whose manifest cannot be read: somebody should look at
     * that. One that was made before something that replaced the data is kept until a scheduled one was made after it.
     *
     * @param backups all there are, in any order
     * @param zone where days begin
     */
    List<BackupName> expired(List<Backup> backups, ZoneId zone) {
        List<Backup> newestFirst = backups.stream()
                .filter(backup -> backup.manifest().isPresent())
                .sorted(Comparator.comparing(Backup::name).reversed())
                .toList();
        Set<BackupName> kept = new HashSet<>();
        newestFirst.stream().filter(Backup::isSound).findFirst().ifPresent(newest -> kept.add(newest.name()));
        List<Backup> regular = newestFirst.stream()
                .filter(backup -> trigger(backup) != BackupTrigger.PRE_OPERATION)
                .toList();
        kept.addAll(newestOfEach(regular, daily, at -> LocalDate.ofInstant(at, zone)));
        kept.addAll(newestOfEach(regular, weekly, at -> week(LocalDate.ofInstant(at, zone))));
        kept.addAll(newestOfEach(regular, monthly, at -> YearMonth.from(LocalDate.ofInstant(at, zone))));
        newestFirst.stream()
                .takeWhile(backup -> trigger(backup) != BackupTrigger.SCHEDULED || !backup.isSound())
                .filter(backup -> trigger(backup) == BackupTrigger.PRE_OPERATION)
                .forEach(backup -> kept.add(backup.name()));
        return newestFirst.stream()
                .map(Backup::name)
                .filter(name -> !kept.contains(name))
                .toList();
    }

    private static List<BackupName> newestOfEach(List<Backup> newestFirst, int periods, Function<Instant, ?> period) {
        Set<Object> seen = new LinkedHashSet<>();
        return newestFirst.stream()
                .filter(backup -> {
                    Object of = period.apply(at(backup));
                    return seen.size() < periods && seen.add(of);
                })
                .map(Backup::name)
                .toList();
    }

    private static String week(LocalDate day) {
        return day.get(IsoFields.WEEK_BASED_YEAR) + "-" + day.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR);
    }

    private static Instant at(Backup backup) {
        return backup.manifest().orElseThrow().at();
    }

    private static BackupTrigger trigger(Backup backup) {
        return backup.manifest().orElseThrow().trigger();
    }
}
