package io.aipanel.app.config;

/** The configuration cannot be used. The message names the key, its value, where that came from and what would be valid. */
public final class ConfigurationException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param message one line for people; never holds a secret */
    public ConfigurationException(String message) {
        super(message);
    }
}
