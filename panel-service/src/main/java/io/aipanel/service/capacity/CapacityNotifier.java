package io.aipanel.service.capacity;

/**
 * Somebody outside the panel who is told when the state of a threshold changes. Safe for use by many threads: several
 * changes may be told at once.
 */
public interface CapacityNotifier {

    /**
     * Which one it is: 1 to 300 bytes in UTF-8, without secrets. It never changes, because jobs that wait to tell of a change
     * name it, and no other notifier of the panel has it.
     */
    String name();

    /**
     * Tells of a change. May be given the same one again, with the same id. It should end within seconds; after a minute its
     * thread is interrupted, and so it is when the panel is closed.
     *
     * @throws Exception if it could not be told; the class and the message are kept with the job, where operators see them: the
     *     message says why and holds no secret, nor do those of its causes. It is tried again
     */
    void tell(CapacityNotice notice) throws Exception;
}
