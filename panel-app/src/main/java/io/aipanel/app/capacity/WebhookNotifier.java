package io.aipanel.app.capacity;

import io.aipanel.app.outgoing.HttpTarget;
import io.aipanel.service.capacity.CapacityNotice;
import io.aipanel.service.capacity.CapacityNotifier;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Tells a server of a change: a POST with the notice as JSON, signed as Standard Webhooks 1.0.0 has it, so that the server
 * can tell who has sent it and when, and whether it has had it already.
 */
final class WebhookNotifier implements CapacityNotifier {

    private final HttpTarget target;
    private final List<WebhookSecret> secrets;
    private final InstantSource clock;

    /**
     * @param secrets what it is signed with: the present secret, and those that the server may still have instead
     * @param clock tells when it is sent
     */
    WebhookNotifier(HttpTarget target, List<WebhookSecret> secrets, InstantSource clock) {
        this.target = target;
        this.secrets = List.copyOf(secrets);
        this.clock = clock;
    }

    @Override
    public String name() {
        return "webhook";
    }

    @Override
    public void tell(CapacityNotice notice) throws IOException, InterruptedException {
        String id = notice.id().toString();
        long timestamp = clock.instant().getEpochSecond();
        String body = notice.toJson().value();
        String signatures =
                secrets.stream().map(secret -> secret.sign(id, timestamp, body)).collect(Collectors.joining(" "));
        target.post(
                "application/json",
                body,
                Map.of(
                        "webhook-id", id,
                        "webhook-timestamp", Long.toString(timestamp),
                        "webhook-signature", signatures));
    }
}
