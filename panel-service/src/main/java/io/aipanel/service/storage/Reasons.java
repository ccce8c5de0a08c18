package io.aipanel.service.storage;

import io.aipanel.ports.storage.StoreCorrupt;
import io.aipanel.ports.storage.StoreFull;
import io.aipanel.ports.storage.StoreMisconfigured;
import io.aipanel.ports.storage.StoreUnavailable;

/**
 * What is wrong with a store, in words for everybody who may ask whether the panel is well. What the store itself says
 * names files, hosts and roles: that is for the operator.
 */
final class Reasons {

    private Reasons() {}

    /** What a failure of a store means. */
    static String of(RuntimeException failure) {
        if (failure instanceof StoreFull) {
            return "its file system is full: free space there";
        }
        if (failure instanceof StoreCorrupt) {
            return "it is damaged: run panel doctor";
        }
        if (failure instanceof StoreMisconfigured) {
            return "it cannot be used as it is configured: run panel doctor";
        }
        return failure instanceof StoreUnavailable unavailable
                ? of(unavailable.reason())
                : "it failed: the log of the panel says why";
    }

    private static String of(StoreUnavailable.Reason reason) {
        return switch (reason) {
            case TIMED_OUT -> "it is slow, or is kept busy by another process: see what holds it";
            case READ_ONLY ->
                "it can be read, but cannot be written: check its rights, and whether it was made read-only";
            case UNREACHABLE, OUTCOME_UNKNOWN -> "it cannot be reached, read or written: the log of the panel says why";
            case CLOSED -> "the panel is stopping";
        };
    }
}
