package io.aipanel.sqlite.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aipanel.ports.backup.CopyProgress;
import io.aipanel.ports.storage.StoreName;
import io.aipanel.ports.storage.StoreUnavailable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutsideCopyTest {

    @TempDir
    private Path directory;

    @Test
    void everyByteIsCopiedAndProgressIsTold() throws IOException {
        byte[] content = new byte[3_000_000];
        new Random(1).nextBytes(content);
        Path file = Files.write(directory.resolve("a \" file"), content);
        List<Long> told = new ArrayList<>();

        copy(file, (done, all) -> {
            assertThat(all).isEqualTo(content.length);
            told.add(done);
        });

        assertThat(copy()).hasBinaryContent(content);
        assertThat(told).isSorted().endsWith((long) content.length).hasSizeGreaterThan(1);
    }

    @Test
    void whatCannotBeReadIsSaidAndLeavesNothing() throws IOException {
        Path notThere = directory.resolve("missing");
        Path notAFile = Files.createDirectory(directory.resolve("directory"));
        for (Path file : List.of(notThere, notAFile)) {
            assertThatThrownBy(() -> copy(file, (done, all) -> {}))
                    .isInstanceOf(StoreUnavailable.class)
                    .hasMessageStartingWith(file + " cannot be read by another process (");
            assertThat(copy()).doesNotExist();
        }
    }

    private void copy(Path file, CopyProgress progress) {
        OutsideCopy.copy(new StoreFile(StoreName.PANEL, file, ""), copy(), progress);
    }

    private Path copy() {
        return directory.resolve("copy");
    }
}
