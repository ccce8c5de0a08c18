package io.aipanel.app.cli;

/** Which version of the program runs. */
public final class ProgramVersion {

    private ProgramVersion() {}

    /** The version in the jar's manifest; {@code development} where there is no jar. */
    public static String current() {
        String version = ProgramVersion.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
