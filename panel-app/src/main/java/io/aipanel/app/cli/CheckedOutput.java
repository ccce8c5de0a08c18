package io.aipanel.app.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;

/** A stream whose failures are told, which a {@link PrintStream} keeps to itself. */
final class CheckedOutput extends OutputStream {

    private final PrintStream out;

    CheckedOutput(PrintStream out) {
        this.out = out;
    }

    @Override
    public void write(int next) {
        out.write(next);
    }

    @Override
    public void write(byte[] bytes, int from, int number) {
        out.write(bytes, from, number);
    }

    @Override
    public void flush() throws IOException {
        if (out.checkError()) {
            throw new IOException("whoever reads it has gone away, or there is no room");
        }
    }
}
