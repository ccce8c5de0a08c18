package io.aipanel.domain.jobs;

/** The answer to somebody who wants a job cancelled or tried again. */
public enum JobChange {
    /** It is as was asked for, or will be as soon as its handler stops. */
    DONE,
    /** There is no such job. */
    NOT_FOUND,
    /** The job is in a state in which that is not possible. */
    WRONG_STATE,
    /** The job cannot be tried again, because another one has its unique key now. */
    KEY_TAKEN
}
