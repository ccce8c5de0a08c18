package io.aipanel.http;

import io.aipanel.domain.InvalidValueException;
import io.aipanel.http.web.Problem;
import io.aipanel.http.web.Refusal;
import io.aipanel.http.web.Restoring;
import io.aipanel.ports.storage.AlreadyExists;
import io.aipanel.ports.storage.BrokenReference;
import io.aipanel.ports.storage.OutboxFull;
import io.aipanel.ports.storage.StaleVersion;
import io.aipanel.ports.storage.StoreCorrupt;
import io.aipanel.ports.storage.StoreException;
import io.aipanel.ports.storage.StoreFull;
import io.aipanel.ports.storage.StoreUnavailable;
import io.aipanel.ports.versions.ComponentInventory.InventoryFailed;
import io.aipanel.service.NotFound;
import io.aipanel.service.audit.ExportOvertaken;
import io.aipanel.service.backup.BackupFailed;
import io.aipanel.service.backup.BackupNotCopied;
import io.aipanel.service.backup.BackupsBusy;
import io.aipanel.service.iam.LastAdmin;
import io.aipanel.service.iam.PermissionDenied;
import io.aipanel.service.jobs.JobRefused;
import io.javalin.http.HttpResponseException;
import io.javalin.http.HttpStatus;
import java.util.Map;
import java.util.Optional;

/**
 * What every failure becomes outside: the one place that says so. Refusals carry the message of whoever refused, because
 * it is written for the caller. Failures of the panel itself carry words of their own, because the message is written for
 * the operator and may name files and hosts; it is in the log.
 *
 * @param status the status
 * @param code what programs tell problems apart by
 * @param detail what is wrong and what to do
 * @param field the value that is wrong; empty if it is none in particular
 * @param headers further headers of the answer
 */
record Problems(int status, String code, String detail, Optional<String> field, Map<String, String> headers) {

    private static final String RESTORING = "restoring";
    private static final String UNCHANGED = "Nothing was changed.";

    /**
     * What a failure becomes.
     *
     * @param failure what was thrown
     * @param conditional whether the request named the version it wants to change
     */
    static Problems of(Throwable failure, boolean conditional) {
        if (failure instanceof Refusal refusal) {
            return new Problems(refusal.status(), refusal.code(), message(refusal), refusal.field(), refusal.headers());
        }
        if (failure instanceof InvalidValueException invalid
                && invalid.field().startsWith("backup.")
                && !invalid.field().equals("backup.directory")) {
            // Of the configuration, which is the operator's; nobody gives such a value here. That there is no directory
            // may be
            // told: it names nothing.
            return problem(500, "backup-failed", "Backups are not configured well. The log says what is wrong.");
        }
        if (failure instanceof InvalidValueException invalid) {
            return new Problems(400, "invalid-value", message(invalid), Optional.of(invalid.field()), Map.of());
        }
        if (failure instanceof PermissionDenied) {
            return problem(403, "permission-denied", message(failure));
        }
        if (failure instanceof NotFound) {
            return problem(404, "not-found", message(failure));
        }
        if (failure instanceof LastAdmin) {
            return problem(409, "last-admin", message(failure));
        }
        if (failure instanceof JobRefused) {
            return problem(409, "wrong-state", message(failure));
        }
        if (failure instanceof ExportOvertaken) {
            return unavailable("log-cut", "The beginning of the log has just been cut off. Ask again.", 1);
        }
        if (failure instanceof BackupsBusy) {
            return new Problems(
                    409,
                    "backups-busy",
                    "Another backup is being made, checked, removed or restored. Ask again when that is done.",
                    Optional.empty(),
                    Map.of("Retry-After", "10"));
        }
        if (failure instanceof Restoring) {
            return unavailable(
                    RESTORING,
                    "A backup is being restored. " + UNCHANGED
                            + " Ask again when that is done; sessions will have ended.",
                    Restoring.RETRY_AFTER_SECONDS);
        }
        if (failure instanceof PanelLost) {
            return problem(500, "panel-lost", message(failure));
        }
        if (failure instanceof RestoreFailed) {
            return problem(
                    500,
                    "restore-failed",
                    "The backup could not be restored, and the panel goes on with what it had. The log says why.");
        }
        if (failure instanceof BackupNotCopied) {
            return problem(
                    500,
                    "backup-not-copied",
                    "The backup was made, but could not be copied to the second directory. The log says why.");
        }
        if (failure instanceof BackupFailed) {
            return problem(500, "backup-failed", "The backup failed, and earlier ones were kept. The log says why.");
        }
        if (failure instanceof UnsupportedOperationException) {
            return problem(501, "not-supported", message(failure));
        }
        if (failure instanceof StoreException store) {
            return ofStore(store, conditional);
        }
        if (failure instanceof InventoryFailed) {
            return problem(502, "inventory-failed", "The host's own tools failed. " + UNCHANGED);
        }
        if (failure instanceof HttpResponseException http) {
            return ofFramework(http);
        }
        return problem(500, "internal-error", "The panel failed. The log says why, under the id of this request.");
    }

    /** The body of the answer. */
    Problem body(String requestId) {
        return new Problem("about:blank", title(status), status, detail, code, field.orElse(null), requestId);
    }

    /** The words of a status (RFC 9110, section 15), which the framework shortens for one of them. */
    static String title(int status) {
        return status == 500
                ? "Internal Server Error"
                : HttpStatus.forStatus(status).getMessage();
    }

    /** Whether the panel failed, rather than the caller, or nobody: a restore is what somebody wanted. */
    boolean isFailure() {
        return status >= 500 && !code.equals(RESTORING);
    }

    private static Problems ofStore(StoreException failure, boolean conditional) {
        if (failure instanceof AlreadyExists taken) {
            return new Problems(409, "already-exists", message(taken), Optional.of(taken.field()), Map.of());
        }
        if (failure instanceof BrokenReference) {
            return problem(409, "broken-reference", message(failure));
        }
        if (failure instanceof StaleVersion) {
            return problem(conditional ? 412 : 409, "stale-version", message(failure));
        }
        if (failure instanceof OutboxFull) {
            return unavailable(
                    "outbox-full",
                    "Too many events wait to be recorded, and no change is made unrecorded. " + UNCHANGED
                            + " Try again once /health/ready says that all is well.",
                    5);
        }
        if (failure instanceof StoreFull) {
            return problem(
                    503,
                    "store-full",
                    "There is no room left for changes. " + UNCHANGED
                            + " Somebody has to free space where the panel keeps its data.");
        }
        if (failure instanceof StoreCorrupt) {
            return problem(503, "store-corrupt", "A store is damaged: run panel doctor.");
        }
        if (failure instanceof StoreUnavailable unavailable) {
            return ofUnavailable(unavailable.reason());
        }
        return problem(503, "store-misconfigured", "A store cannot be used as it is configured: run panel doctor.");
    }

    private static Problems ofUnavailable(StoreUnavailable.Reason reason) {
        return switch (reason) {
            case TIMED_OUT -> unavailable("store-busy", "The store did not begin in time. " + UNCHANGED, 1);
            case OUTCOME_UNKNOWN ->
                problem(
                        503,
                        "outcome-unknown",
                        "The store did not confirm in time. The outcome is unknown: the change may or may not have been "
                                + "made. Look before you try again.");
            case UNREACHABLE -> unavailable("store-unreachable", "The store cannot be reached. " + UNCHANGED, 5);
            case READ_ONLY -> problem(503, "store-read-only", "The store refuses changes. " + UNCHANGED);
            case CLOSED -> problem(503, "store-closed", "The panel is stopping. " + UNCHANGED);
        };
    }

    private static Problems ofFramework(HttpResponseException failure) {
        int status = failure.getStatus();
        return switch (status) {
            case 404 -> problem(404, "no-such-path", "There is nothing at this path.");
            case 405 -> {
                String allowed = failure.getDetails().getOrDefault("availableMethods", "");
                yield new Problems(
                        405,
                        "method-not-allowed",
                        "This path answers " + allowed + ".",
                        Optional.empty(),
                        Map.of("Allow", allowed));
            }
            default -> problem(status, "http-" + status, title(status) + ".");
        };
    }

    private static Problems problem(int status, String code, String detail) {
        return new Problems(status, code, detail, Optional.empty(), Map.of());
    }

    private static Problems unavailable(String code, String detail, int retryAfterSeconds) {
        return new Problems(
                503, code, detail, Optional.empty(), Map.of("Retry-After", Integer.toString(retryAfterSeconds)));
    }

    private static String message(Throwable failure) {
        return String.valueOf(failure.getMessage());
    }
}
