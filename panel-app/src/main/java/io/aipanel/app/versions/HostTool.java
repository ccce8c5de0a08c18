package io.aipanel.app.versions;

import io.aipanel.ports.versions.ComponentInventory.InventoryFailed;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A program of the host, run without a shell, in the C locale, for a bounded time, with bounded output.
 *
 * @param file where the program is
 * @param timeout the longest that it may run
 */
record HostTool(Path file, Duration timeout) {

    /** The names of all packages of Debian are a tenth of this. */
    private static final int MAX_OUTPUT = 32 << 20;

    private static final int MAX_COMPLAINT = 500;

    /**
     * Finds a program.
     *
     * @param searchPath directories joined by colons
     * @return empty if none of them has it
     */
    static Optional<HostTool> find(String name, String searchPath, Duration timeout) {
        return Arrays.stream(searchPath.split(File.pathSeparator))
                .filter(directory -> !directory.isEmpty())
                .map(directory -> Path.of(directory, name))
                .filter(Files::isExecutable)
                .findFirst()
                .map(file -> new HostTool(file, timeout));
    }

    /**
     * Runs the program to its end.
     *
     * @return what it wrote to standard output
     * @throws InventoryFailed if it cannot be run, takes too long, writes too much, or ends with another code than 0
     */
    String run(List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(file.toString()));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command);
        Map<String, String> environment = builder.environment();
        String searchPath = environment.getOrDefault("PATH", "/usr/bin:/bin");
        environment.clear();
        environment.putAll(Map.of("PATH", searchPath, "LC_ALL", "C"));
        try {
            return outcome(builder.start());
        } catch (IOException e) {
            throw new InventoryFailed(file + " cannot be run: " + e.getMessage(), e);
        }
    }

    private String outcome(Process process) throws IOException {
        process.getOutputStream().close();
        CompletableFuture<byte[]> output =
                CompletableFuture.supplyAsync(() -> drain(process.getInputStream(), MAX_OUTPUT), HostTool::onItsOwn);
        CompletableFuture<byte[]> complaint =
                CompletableFuture.supplyAsync(() -> drain(process.getErrorStream(), MAX_COMPLAINT), HostTool::onItsOwn);
        try {
            CompletableFuture.allOf(output, complaint, process.onExit()).get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            byte[] written = output.join();
            String said = text(complaint.join()).strip();
            if (written.length > MAX_OUTPUT) {
                throw new InventoryFailed(file + " wrote more than " + MAX_OUTPUT + " bytes", null);
            }
            if (process.exitValue() != 0) {
                throw new InventoryFailed(
                        file + " failed with exit code " + process.exitValue() + ": " + said.replaceAll("\\s+", " "),
                        null);
            }
            return text(written);
        } catch (TimeoutException e) {
            throw new InventoryFailed(file + " did not end within " + timeout.toSeconds() + " seconds", e);
        } catch (ExecutionException e) {
            throw new InventoryFailed(file + " could not be listened to: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InventoryFailed("the wait for " + file + " was interrupted", e);
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    /** Both streams are read at once, whatever else the program's threads do: a full one would hold the tool up. */
    private static void onItsOwn(Runnable listening) {
        Thread thread = new Thread(listening, "panel-host-tool");
        thread.setDaemon(true);
        thread.start();
    }

    /** Reads to the end, so that the program is not held up, and keeps one byte more than allowed at the most. */
    private static byte[] drain(InputStream in, int max) {
        try (in) {
            ByteArrayOutputStream kept = new ByteArrayOutputStream();
            byte[] buffer = new byte[8192];
            for (int read = in.read(buffer); read != -1; read = in.read(buffer)) {
                kept.write(buffer, 0, Math.min(read, max + 1 - kept.size()));
            }
            return kept.toByteArray();
        } catch (IOException e) {
            // The program was ended because it took too long, which is told elsewhere.
            return new byte[0];
        }
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
