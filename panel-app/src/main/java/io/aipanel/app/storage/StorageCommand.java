package io.aipanel.app.storage;

import picocli.CommandLine.Command;

/** The commands about where the data is. */
@Command(
        name = "storage",
        description = "See where the data is and how much there is.",
        subcommands = StorageShowCommand.class)
public final class StorageCommand {}
