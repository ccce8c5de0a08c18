package io.aipanel.ports.storage;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntFunction;

/** Runs actions at the same moment, each on a thread of its own. */
public final class Race {

    private static final long SECONDS = 60;

    private Race() {}

    /**
     * How one action ended.
     *
     * @param answer what it answered; empty if it failed
     * @param failure what it threw; empty if it did not
     */
    public record Outcome<T>(Optional<T> answer, Optional<Throwable> failure) {}

    /** Starts all actions at once and waits for all of them; the outcomes are in the order of the actions. */
    public static <T> List<Outcome<T>> between(List<Callable<T>> actions) {
        ExecutorService threads = Executors.newFixedThreadPool(actions.size());
        try {
            CyclicBarrier start = new CyclicBarrier(actions.size());
            List<Future<T>> futures = new ArrayList<>();
            for (Callable<T> action : actions) {
                futures.add(threads.submit(() -> {
                    start.await(SECONDS, TimeUnit.SECONDS);
                    return action.call();
                }));
            }
            List<Outcome<T>> outcomes = new ArrayList<>();
            for (Future<T> future : futures) {
                outcomes.add(outcome(future));
            }
            return outcomes;
        } finally {
            threads.shutdownNow();
        }
    }

    /** Starts the same action many times at once. */
    public static <T> List<Outcome<T>> of(int racers, IntFunction<Callable<T>> action) {
        List<Callable<T>> actions = new ArrayList<>();
        for (int i = 0; i < racers; i++) {
            actions.add(action.apply(i));
        }
        return between(actions);
    }

    /** What the actions answered; fails if one of them failed. */
    public static <T> List<T> answers(List<Outcome<T>> outcomes) {
        List<T> answers = new ArrayList<>();
        for (Outcome<T> outcome : outcomes) {
            if (outcome.failure().isPresent()) {
                Throwable failure = outcome.failure().get();
                throw new AssertionError("nobody fails in this race, but one did: " + failure.getMessage(), failure);
            }
            outcome.answer().ifPresent(answers::add);
        }
        return answers;
    }

    /** What the actions threw. */
    public static <T> List<Throwable> failures(List<Outcome<T>> outcomes) {
        return outcomes.stream().flatMap(outcome -> outcome.failure().stream()).toList();
    }

    private static <T> Outcome<T> outcome(Future<T> future) {
        try {
            return new Outcome<>(Optional.ofNullable(future.get(SECONDS, TimeUnit.SECONDS)), Optional.empty());
        } catch (ExecutionException e) {
            return new Outcome<>(Optional.empty(), Optional.of(e.getCause()));
        } catch (TimeoutException e) {
            throw new AssertionError("a call did not come back within " + SECONDS + " seconds", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }
}
