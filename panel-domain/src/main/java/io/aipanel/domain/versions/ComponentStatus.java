package io.aipanel.domain.versions;

/** How a component stands against what it could be. */
public enum ComponentStatus {
    /** The wanted version is installed. */
    UP_TO_DATE,
    /** Another version than the wanted one is installed. */
    LAGGING,
    /** It is installed, and no source offers it any more. */
    UNSUPPORTED,
    /** It is not installed, or the host cannot tell. */
    UNKNOWN
}
