package io.aipanel.service;

import io.aipanel.domain.Text;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What this machine calls itself. */
public final class Machine {

    private static final int MAX_BYTES = 200;

    private Machine() {}

    /** The name, of at most {@value #MAX_BYTES} UTF-8 bytes. Asked of the kernel, because asking the network may take long. */
    public static String name() {
        try {
            String name = Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
            return name.isEmpty() ? "localhost" : Text.truncated(name, MAX_BYTES);
        } catch (IOException e) {
            return "localhost";
        }
    }
}
