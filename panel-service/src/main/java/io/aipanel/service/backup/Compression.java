package io.aipanel.service.backup;

import com.github.luben.zstd.util.Native;
import io.aipanel.domain.InvalidValueException;
import java.util.Arrays;

/** How the copies in a backup are made smaller. */
public enum Compression {
    /** Not at all: each is the file that the engine itself can read. */
    NONE("none", ""),
    /** With Zstandard (RFC 8878): {@code zstd -d} brings them back. */
    ZSTD("zstd", ".zst");

    private final String wireName;
    private final String suffix;

    Compression(String wireName, String suffix) {
        this.wireName = wireName;
        this.suffix = suffix;
    }

    /** Its name in manifests and in the configuration. */
    public String wireName() {
        return wireName;
    }

    /** What the names of files have at their end. */
    String suffix() {
        return suffix;
    }

    /**
     * Refuses to go on if this machine cannot do that.
     *
     * @throws InvalidValueException ({@code backup.compression}) if it cannot; the message says what to do
     */
    void requireUsable() {
        if (this == NONE) {
            return;
        }
        try {
            Native.load();
        } catch (LinkageError e) {
            throw new InvalidValueException(
                    "backup.compression",
                    "cannot be zstd here, because its library cannot be loaded (" + e.getMessage()
                            + "): it must be possible to run programs in " + System.getProperty("java.io.tmpdir")
                            + "; otherwise name another directory with -DZstdTempFolder=DIRECTORY");
        }
    }

    /**
     * @throws InvalidValueException ({@code compression}) if there is none of this name
     */
    public static Compression ofWireName(String name) {
        return Arrays.stream(values())
                .filter(compression -> compression.wireName.equals(name))
                .findFirst()
                .orElseThrow(() -> new InvalidValueException("compression", "must be none or zstd"));
    }
}
