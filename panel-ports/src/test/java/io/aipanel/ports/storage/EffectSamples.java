package io.aipanel.ports.storage;

import io.aipanel.domain.audit.NewAuditEvent;
import io.aipanel.domain.jobs.NewJob;
import io.aipanel.domain.settings.SettingName;
import io.aipanel.domain.settings.StoredSetting;
import io.aipanel.domain.storage.Effect;
import io.aipanel.domain.storage.EffectId;
import io.aipanel.ports.audit.AuditSamples;
import io.aipanel.ports.iam.IamSamples;
import java.util.Arrays;
import java.util.UUID;

/** Changes and effects to test with. */
final class EffectSamples {

    private EffectSamples() {}

    /** An event that can be told from others by its target. */
    static Effect event(String target) {
        return record(AuditSamples.event(target));
    }

    static Effect record(NewAuditEvent event) {
        return new Effect.Record(new EffectId(UUID.randomUUID()), event);
    }

    static Effect enqueue(NewJob job) {
        return new Effect.Enqueue(new EffectId(UUID.randomUUID()), job);
    }

    /** A change that can be told from others. */
    static StoredSetting setting(String name, String value) {
        return new StoredSetting(new SettingName(name), value, false, IamSamples.T0);
    }

    /** One transaction with these effects and nothing else. */
    static void emit(Storage storage, Effect... effects) {
        storage.write(tx -> {
            Arrays.asList(effects).forEach(tx::emit);
            return true;
        });
    }
}
