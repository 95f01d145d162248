package org.heraldlb.k8swebhook.internal;

import java.util.function.Consumer;
import org.heraldlb.api.Registration;
import org.heraldlb.api.SnapshotSource;
import org.heraldlb.api.intent.IntentFragment;
import org.heraldlb.api.intent.IntentSource;
import org.heraldlb.k8swebhook.Webhook;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Brings the webhook's problems to core: a source that wants nothing. */
@Component(service = IntentSource.class, immediate = true, property = IntentSource.PRECEDENCE + ":Integer=0")
public final class WebhookProblemsComponent implements IntentSource {

    private final SnapshotSource<IntentFragment> problems;

    @Activate
    public WebhookProblemsComponent(@Reference WebhookComponent component) {
        problems = component.webhook().problems();
    }

    @Override
    public String id() {
        return Webhook.SOURCE;
    }

    @Override
    public IntentFragment current() {
        return problems.current();
    }

    @Override
    public Registration observe(Consumer<? super IntentFragment> observer) {
        return problems.observe(observer);
    }
}
