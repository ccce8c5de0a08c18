package io.aipanel.service.audit;

import io.aipanel.domain.InvalidValueException;
import io.aipanel.ports.storage.StoreCorrupt;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Goes through an export line by line. For one thread. */
final class ExportReader {

    /** Details may be a mebibyte, and in a text each of its bytes may be written as six. */
    private static final int MOST_BYTES = 8 << 20;

    private final InputStream in;
    private long number;

    /** @param in stays open */
    ExportReader(InputStream in) {
        this.in = new BufferedInputStream(in, 1 << 16);
    }

    /**
     * The next line; empty at the end. Lines with nothing in them do not matter.
     *
     * @throws StoreCorrupt if it is none; the message says which, and what is wrong
     * @throws UncheckedIOException if it cannot be read
     */
    Optional<ExportLine> next() {
        try {
            Optional<String> line = line();
            while (line.filter(String::isBlank).isPresent()) {
                line = line();
            }
            return line.map(ExportLines::read);
        } catch (InvalidValueException e) {
            throw bad(
                    e.field().equals("line")
                            ? String.valueOf(e.getMessage()).substring("line ".length())
                            : "cannot be read: " + e.getMessage());
        } catch (CharacterCodingException e) {
            throw bad("is no UTF-8 text");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What is wrong with the line that was read last. */
    StoreCorrupt bad(String what) {
        return new StoreCorrupt("the export was changed or cut short: line " + number + " " + what, null);
    }

    private Optional<String> line() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        int next = in.read();
        if (next < 0) {
            return Optional.empty();
        }
        number++;
        while (next >= 0 && next != '\n') {
            if (bytes.size() == MOST_BYTES) {
                throw bad("is longer than any that an export has");
            }
            bytes.write(next);
            next = in.read();
        }
        return Optional.of(StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes.toByteArray()))
                .toString());
    }
}
