package io.aipanel.postgres.backup;

/** A file is not what a copy must be. Never leaves this package. */
final class BrokenCopy extends Exception {

    private static final long serialVersionUID = 1L;

    /** @param what what is wrong, in words that go on after the file's name */
    BrokenCopy(String what) {
        super(what);
    }

    /** What is wrong, in words that go on after the file's name. */
    String what() {
        return String.valueOf(getMessage());
    }
}
