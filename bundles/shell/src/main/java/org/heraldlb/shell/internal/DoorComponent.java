package org.heraldlb.shell.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.karaf.shell.api.console.SessionFactory;
import org.heraldlb.shell.door.Door;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the door of {@code bin/herald shell} open. Without it everything else works. */
@Component(
        immediate = true,
        service = {},
        configurationPid = "org.heraldlb.shell")
@Designate(ocd = DoorComponent.Config.class)
public final class DoorComponent {

    /** PID {@code org.heraldlb.shell}. */
    @ObjectClassDefinition(name = "Herald shell door")
    public @interface Config {
        @AttributeDefinition(description = "how long one command may take, in seconds")
        int command_timeout_seconds() default 300;
    }

    private static final Logger LOG = LoggerFactory.getLogger(DoorComponent.class);

    private final Door door;

    @Activate
    public DoorComponent(@Reference SessionFactory sessions, Config config) throws IOException {
        Path state = stateDirectory();
        try {
            door = Door.open(state, new SessionRunner(sessions), Duration.ofSeconds(config.command_timeout_seconds()));
            LOG.info("shell door: {}", door.socket());
        } catch (IOException failed) {
            throw new IOException(
                    "bin/herald shell will not work, no socket in " + state + ": " + failed.getMessage(), failed);
        }
    }

    private static Path stateDirectory() {
        String base = System.getProperty("karaf.base", ".");
        return Path.of(System.getProperty("herald.state", base + "/state"));
    }

    /** Keeps the door open: the command that changes the configuration may have come through it. */
    @Modified
    void change(Config config) {
        door.patience(Duration.ofSeconds(config.command_timeout_seconds()));
    }

    @Deactivate
    void close() {
        door.close();
    }
}
