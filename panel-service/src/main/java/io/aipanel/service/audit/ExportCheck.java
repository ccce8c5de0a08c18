package io.aipanel.service.audit;

import io.aipanel.domain.InvalidValueException;
import io.aipanel.ports.storage.StoreCorrupt;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Checks what {@link AuditLog#export} has written of a whole log as NDJSON, with no panel and no store. Takes little memory,
 * however large it is.
 */
public final class ExportCheck {

    private ExportCheck() {}

    /**
     * Checks an export.
     *
     * @param export what was written; stays open
     * @param evidence what else it is compared with
     * @param keyFile the file with the key of a panel that signs the log, which is trusted if no public key is given; empty if
     *     there is none
     * @return as {@link AuditLog#verify} has it; not verifiable, too, if it is not an export of a whole log
     * @throws InvalidValueException ({@code export}) if nothing comes at all; ({@code audit.key}) if no public key is given and
     *     the key cannot be used
     * @throws IOException if the export cannot be read
     */
    public static Verification of(InputStream export, Evidence evidence, Optional<Path> keyFile) throws IOException {
        return of(export, evidence, keyFile, LogProgress.NONE);
    }

    /** The same as {@link #of(InputStream, Evidence, Optional)}, and says how far it has come. */
    public static Verification of(InputStream export, Evidence evidence, Optional<Path> keyFile, LogProgress progress)
            throws IOException {
        Optional<SigningKey> own =
                evidence.keys().isEmpty() ? keyFile.flatMap(file -> new KeyFile(file).read()) : Optional.empty();
        try {
            ExportReader lines = new ExportReader(export);
            ExportLine line = lines.next()
                    .orElseThrow(() -> new InvalidValueException(
                            "export", "is empty: it must be what panel audit export writes, as NDJSON"));
            return line instanceof ExportLine.Head head
                    ? new LogVerifier(() -> new ExportedLog(head, lines), progress).verify(evidence, own)
                    : notWhole();
        } catch (StoreCorrupt e) {
            return new Verification(Verification.Status.BROKEN, 0, Optional.empty(), String.valueOf(e.getMessage()), 0);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static Verification notWhole() {
        return new Verification(
                Verification.Status.NOT_VERIFIABLE,
                0,
                Optional.empty(),
                "0 events checked, because the first line does not say which log it is: only an export of everything, as"
                        + " panel audit export writes it without further options, has what is needed",
                0);
    }
}
