package io.aipanel.app.versions;

import picocli.CommandLine.Command;

/** The commands about the versions of the host's components. */
@Command(
        name = "versions",
        description = "See which versions of the host's components are installed, and which could be.",
        subcommands = {VersionsListCommand.class, VersionsRefreshCommand.class})
public final class VersionsCommand {}
