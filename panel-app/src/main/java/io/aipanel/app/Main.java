package io.aipanel.app;

/** Where the runnable jar starts. */
public final class Main {

    private Main() {}

    /** Prints the version. */
    public static void main(String[] args) {
        String version = Main.class.getPackage().getImplementationVersion();
        System.out.println("panel " + (version == null ? "(development)" : version));
    }
}
