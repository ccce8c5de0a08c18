package io.aipanel.postgres;

import io.aipanel.ports.storage.StorageOptions;

/** A process that opens the storage with the URL it is given, looks once and closes it. */
final class OpenAndClose {

    private OpenAndClose() {}

    public static void main(String[] arguments) {
        try (var storage = new PostgresStorageProvider().open(StorageOptions.of(arguments[0]))) {
            storage.iam().hasUsers();
        }
    }
}
