package io.aipanel.http.jobs;

import io.aipanel.domain.jobs.Job;
import java.util.List;
import java.util.Optional;

/**
 * The page of jobs.
 *
 * @param queue the queue that is looked for, as it was entered
 * @param type the type that is looked for
 * @param key the unique key that is looked for
 * @param state the state that is shown; empty for all
 * @param error what is wrong with what was entered; empty if nothing is
 * @param tabs the states to choose from
 * @param jobs the jobs
 * @param next the next page; empty if this is the last one
 * @param filtered whether anything restricts what is shown
 * @param mayManage whether whoever looks may do something to jobs
 */
record JobListView(
        String queue,
        String type,
        String key,
        String state,
        String error,
        List<Tab> tabs,
        List<Job> jobs,
        Optional<String> next,
        boolean filtered,
        boolean mayManage) {

    /**
     * A state to choose.
     *
     * @param label what it is called
     * @param href where it is shown
     * @param count how many there are; empty where that is not known
     * @param isCurrent whether it is shown
     */
    record Tab(String label, String href, Optional<Long> count, boolean isCurrent) {}
}
