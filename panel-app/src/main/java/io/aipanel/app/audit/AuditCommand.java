package io.aipanel.app.audit;

import picocli.CommandLine.Command;

/** The commands about the audit log. */
@Command(
        name = "audit",
        description = "Record events in the audit log, read it, and prove that nothing was changed in it.",
        subcommands = {
            AuditRecordCommand.class,
            AuditListCommand.class,
            AuditSummaryCommand.class,
            AuditExportCommand.class,
            AuditCheckpointCommand.class,
            AuditVerifyCommand.class,
            AuditProofCommand.class,
            AuditConsistencyCommand.class,
            AuditCutCommand.class
        })
public final class AuditCommand {}
