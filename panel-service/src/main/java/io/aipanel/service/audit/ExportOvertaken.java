package io.aipanel.service.audit;

/** The beginning of the log was cut off while it was exported, so that the export would have a gap that nobody sees. */
public final class ExportOvertaken extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param first where the log begins now */
    ExportOvertaken(long first) {
        super("the audit log was cut off below " + first
                + " while it was being exported: the export is not complete; export again");
    }
}
