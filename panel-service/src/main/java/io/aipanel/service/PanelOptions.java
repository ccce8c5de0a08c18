package io.aipanel.service;

import io.aipanel.domain.Secret;
import io.aipanel.domain.settings.SettingKey;
import io.aipanel.ports.storage.StorageOptions;
import io.aipanel.ports.versions.ComponentInventory;
import io.aipanel.service.audit.AuditOptions;
import io.aipanel.service.backup.BackupOptions;
import io.aipanel.service.capacity.CapacityOptions;
import io.aipanel.service.jobs.JobMode;
import io.aipanel.service.jobs.WorkerOptions;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * How a panel is opened.
 *
 * @param storage where the data is
 * @param workers how jobs are worked off
 * @param jobMode whether they are worked off here
 * @param inventory how the host is asked about its components
 * @param settings settings of the program that embeds the panel, beside the panel's own
 * @param meters where the panel measures itself; empty for a registry of its own. It is the caller's to close
 * @param audit how the audit log is vouched for
 * @param backup where backups are kept
 * @param capacity who is told when the state of a threshold of capacity changes
 */
public record PanelOptions(
        StorageOptions storage,
        WorkerOptions workers,
        JobMode jobMode,
        ComponentInventory inventory,
        List<SettingKey<?>> settings,
        Optional<MeterRegistry> meters,
        AuditOptions audit,
        BackupOptions backup,
        CapacityOptions capacity) {

    /** Keeps its own copy of the list. */
    public PanelOptions {
        settings = List.copyOf(settings);
    }

    /**
     * A panel on a storage, with the defaults for everything else.
     *
     * @param storageUrl {@code sqlite:DIRECTORY} or {@code postgresql://user[:password]@host[:port]/database}
     * @throws io.aipanel.domain.InvalidValueException if the URL has no scheme
     */
    public static PanelOptions of(String storageUrl) {
        return of(StorageOptions.of(storageUrl));
    }

    /** A panel on a storage, with the defaults for everything else. */
    public static PanelOptions of(StorageOptions storage) {
        return new PanelOptions(
                storage,
                WorkerOptions.DEFAULT,
                JobMode.WORKERS,
                ComponentInventory.NONE,
                List.of(),
                Optional.empty(),
                AuditOptions.NONE,
                BackupOptions.NONE,
                CapacityOptions.NONE);
    }

    /** The same with a password for the storage. */
    public PanelOptions password(Secret password) {
        return new PanelOptions(
                storage.password(password), workers, jobMode, inventory, settings, meters, audit, backup, capacity);
    }

    /** The same with another clock. */
    public PanelOptions clock(InstantSource clock) {
        return new PanelOptions(
                storage.clock(clock), workers, jobMode, inventory, settings, meters, audit, backup, capacity);
    }

    /** The same with jobs worked off in another way. */
    public PanelOptions workers(WorkerOptions newWorkers) {
        return new PanelOptions(storage, newWorkers, jobMode, inventory, settings, meters, audit, backup, capacity);
    }

    /** The same with jobs worked off here, inline, or not at all. */
    public PanelOptions jobs(JobMode mode) {
        return new PanelOptions(storage, workers, mode, inventory, settings, meters, audit, backup, capacity);
    }

    /** The same, measuring itself in a registry of the caller's. */
    public PanelOptions meters(MeterRegistry registry) {
        return new PanelOptions(
                storage, workers, jobMode, inventory, settings, Optional.of(registry), audit, backup, capacity);
    }

    /** The same with another way to ask the host about its components. */
    public PanelOptions inventory(ComponentInventory newInventory) {
        return new PanelOptions(storage, workers, jobMode, newInventory, settings, meters, audit, backup, capacity);
    }

    /** The same with settings of the program's own. */
    public PanelOptions settings(SettingKey<?>... keys) {
        return new PanelOptions(storage, workers, jobMode, inventory, List.of(keys), meters, audit, backup, capacity);
    }

    /** The same, with the audit log vouched for in another way. */
    public PanelOptions audit(AuditOptions newAudit) {
        return new PanelOptions(storage, workers, jobMode, inventory, settings, meters, newAudit, backup, capacity);
    }

    /** The same, with backups kept in another way. */
    public PanelOptions backup(BackupOptions newBackup) {
        return new PanelOptions(storage, workers, jobMode, inventory, settings, meters, audit, newBackup, capacity);
    }

    /** The same, with others told of changes of capacity. */
    public PanelOptions capacity(CapacityOptions newCapacity) {
        return new PanelOptions(storage, workers, jobMode, inventory, settings, meters, audit, backup, newCapacity);
    }
}
