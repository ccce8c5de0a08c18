package io.aipanel.domain.jobs;

/** What has become of a lease. */
public enum LeaseState {
    /** It is the job's latest. */
    HELD,
    /** It is the job's latest, and somebody has asked for the job's end: its handler should stop. */
    CANCEL_REQUESTED,
    /** The job has ended or is somebody else's: whatever is still done for it no longer counts. */
    LOST
}
