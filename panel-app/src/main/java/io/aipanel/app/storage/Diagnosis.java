package io.aipanel.app.storage;

import io.aipanel.ports.storage.StoreException;
import io.aipanel.service.backup.BackupFailed;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the doctor has found so far, in the order in which it looked. */
final class Diagnosis {

    /**
     * One thing that was looked at.
     *
     * @param name what
     * @param problem what is wrong and what to do; empty if it is well
     * @param note what was found, if it is well
     */
    record Finding(String name, Optional<String> problem, String note) {}

    private final List<Finding> findings = new ArrayList<>();

    void well(String name, String note) {
        findings.add(new Finding(name, Optional.empty(), note));
    }

    void wrong(String name, String problem) {
        findings.add(new Finding(name, Optional.of(problem), ""));
    }

    /** Wrong if there is a problem, else well. */
    void note(String name, Optional<String> problem, String note) {
        problem.ifPresentOrElse(what -> wrong(name, what), () -> well(name, note));
    }

    /** Makes a check; what a store or the directory of backups cannot answer is what is wrong. */
    void attempt(String name, Runnable check) {
        try {
            check.run();
        } catch (StoreException | BackupFailed e) {
            wrong(name, String.valueOf(e.getMessage()));
        }
    }

    List<Finding> findings() {
        return List.copyOf(findings);
    }

    boolean isHealthy() {
        return findings.stream().allMatch(finding -> finding.problem().isEmpty());
    }
}
