package io.aipanel.app.audit;

import picocli.CommandLine.Command;

/** The commands about the audit log. */
@Command(
        name = "audit",
        description = "Record events in the audit log and read it.",
        subcommands = {AuditRecordCommand.class, AuditListCommand.class, AuditSummaryCommand.class})
public final class AuditCommand {}
