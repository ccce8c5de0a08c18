package io.aipanel.domain.audit;

/**
 * A name that the log has, or had: the origin of its checkpoints.
 *
 * @param name as {@link Checkpoint} wants it
 * @param from how many events the log had when it got the name, 0 or more
 */
public record LogOrigin(String name, long from) {

    /**
     * @throws io.aipanel.domain.InvalidValueException if the name cannot be one, or the size is negative
     */
    public LogOrigin {
        Checkpoint.requireValid(name, from);
    }
}
