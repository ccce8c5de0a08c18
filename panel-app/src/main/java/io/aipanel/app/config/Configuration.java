package io.aipanel.app.config;

import io.aipanel.service.backup.BackupOptions;
import io.aipanel.service.jobs.WorkerOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything the panel was told from outside, checked.
 *
 * @param storage where the data is
 * @param http how it is served
 * @param audit how the audit log is vouched for
 * @param backups where backups are kept, and in which form
 * @param workers how jobs are worked off
 * @param jobCommands the programs that handle jobs, by type
 * @param capacity to whom changes of capacity are told
 * @param logLevel how much is logged
 * @param warnings what works but should not stay so, a line each
 */
public record Configuration(
        StorageConfig storage,
        HttpConfig http,
        AuditConfig audit,
        BackupOptions backups,
        WorkerOptions workers,
        List<JobCommand> jobCommands,
        CapacityConfig capacity,
        LogLevel logLevel,
        List<String> warnings) {

    /** Keeps its own copies of the lists. */
    public Configuration {
        jobCommands = List.copyOf(jobCommands);
        warnings = List.copyOf(warnings);
    }

    /**
     * Reads the configuration: an option goes before a variable, a variable before the file, the file before the default.
     *
     * @param options what the command line says
     * @param file the file that the command line names; empty for {@code /etc/panel/panel.properties} or, if there is
     *     none, {@code panel.properties} in the working directory, or, if there is none either, no file
     * @param environment the environment's variables
     * @param directory the working directory
     * @throws ConfigurationException if a key is unknown or a value not valid
     */
    public static Configuration load(
            Map<ConfigKey, String> options, Optional<Path> file, Map<String, String> environment, Path directory) {
        return new ConfigurationReader(Sources.collect(options, file, environment, directory), environment, directory)
                .read();
    }
}
