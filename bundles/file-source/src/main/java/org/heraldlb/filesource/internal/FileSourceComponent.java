package org.heraldlb.filesource.internal;

import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;
import org.heraldlb.api.Registration;
import org.heraldlb.api.intent.IntentFragment;
import org.heraldlb.api.intent.IntentSource;
import org.heraldlb.filesource.directory.Reading;
import org.heraldlb.filesource.directory.Timing;
import org.heraldlb.filesource.watch.DirectoryReader;
import org.heraldlb.filesource.watch.DocumentParser;
import org.heraldlb.filesource.watch.FileSource;
import org.heraldlb.filesource.watch.KernelWatch;
import org.heraldlb.manifest.Documents;
import org.heraldlb.manifest.Parsed;
import org.heraldlb.manifest.ReadContext;
import org.heraldlb.runtime.ThreadEventLoop;
import org.heraldlb.runtime.Ticker;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.metatype.annotations.Designate;

/** The file source as a service. */
@Component(service = IntentSource.class, configurationPid = "org.heraldlb.filesource", immediate = true)
@Designate(ocd = FileSourceConfig.class)
public final class FileSourceComponent implements IntentSource {

    private final FileSource source;

    @Activate
    public FileSourceComponent(FileSourceConfig config) {
        Path directory = directory(config.directory());
        Timing timing = Timing.DEFAULT.withSettle(Duration.ofMillis(config.settle_millis()));
        source = FileSource.start(
                new FileSource.Settings(config.id(), directory, Duration.ofMillis(config.poll_millis()), timing),
                new DirectoryReader(directory, config.file_max_bytes(), parser(ReadContext.files(config.id()))),
                ThreadEventLoop.start("file-source", Ticker.SYSTEM),
                KernelWatch::open);
    }

    private static Path directory(String configured) {
        return configured.isBlank()
                ? Path.of(System.getProperty("karaf.etc", "etc"), "herald.d")
                : Path.of(configured.strip());
    }

    private static DocumentParser parser(ReadContext context) {
        return (name, text) -> {
            Parsed parsed = Documents.parse(context, name, text);
            return Reading.of(parsed.objects(), parsed.problems());
        };
    }

    @Override
    public String id() {
        return source.id();
    }

    @Override
    public IntentFragment current() {
        return source.current();
    }

    @Override
    public Registration observe(Consumer<? super IntentFragment> observer) {
        return source.observe(observer);
    }

    @Deactivate
    public void close() {
        source.close();
    }
}
