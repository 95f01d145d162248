package org.heraldlb.hostlinux.internal;

import java.nio.file.Path;
import org.heraldlb.api.host.KernelSettings;
import org.heraldlb.api.host.LinkSettings;
import org.heraldlb.hostlinux.settings.FileKernelSettings;
import org.osgi.service.component.annotations.Component;

/** Offers {@link KernelSettings}. */
@Component(service = KernelSettings.class)
public final class KernelSettingsComponent implements KernelSettings {

    private final KernelSettings files = new FileKernelSettings(Path.of("/proc"), Path.of("/sys"));

    @Override
    public LinkSettings of(String link) {
        return files.of(link);
    }
}
