package io.aipanel.bench;

/** Where the runnable jar starts. */
public final class Main {

    private Main() {}

    /** Runs the benchmark that the arguments name, and ends with its exit code. */
    public static void main(String[] args) {
        System.exit(BenchCommand.run(System.out, System.err, args));
    }
}
