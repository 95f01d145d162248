package org.heraldlb.filesource.watch;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.heraldlb.api.intent.IntentSource;
import org.heraldlb.filesource.directory.Reading;
import org.heraldlb.filesource.directory.Timing;
import org.heraldlb.manifest.Documents;
import org.heraldlb.manifest.Parsed;
import org.heraldlb.manifest.ReadContext;
import org.heraldlb.runtime.ThreadEventLoop;
import org.heraldlb.runtime.Ticker;
import org.heraldlb.testkit.source.IntentSourceContract;
import org.junit.jupiter.api.io.TempDir;

/** The file source keeps to the contract of sources: one file for each pool. */
final class FileSourceContractTest extends IntentSourceContract {

    @TempDir
    Path directory;

    private static Reading parse(String name, String text) {
        Parsed parsed = Documents.parse(ReadContext.files("file"), name, text);
        return Reading.of(parsed.objects(), parsed.problems());
    }

    @Override
    protected IntentSource open() {
        return FileSource.start(
                new FileSource.Settings("file", directory, Duration.ofMillis(500), Timing.DEFAULT),
                new DirectoryReader(directory, 1_000_000, FileSourceContractTest::parse),
                ThreadEventLoop.start("file-source", Ticker.SYSTEM),
                KernelWatch::open);
    }

    @Override
    protected void writePool(String name, String cidr) throws Exception {
        Files.writeString(
                directory.resolve(name + ".yaml"),
                "{apiVersion: metallb.io/v1beta1, kind: IPAddressPool, metadata: {name: " + name
                        + "}, spec: {addresses: ['" + cidr + "']}}");
    }

    @Override
    protected void removePool(String name) throws Exception {
        Files.delete(directory.resolve(name + ".yaml"));
    }

    @Override
    protected void writeGarbage(String name) throws Exception {
        Files.writeString(directory.resolve(name + ".yaml"), "apiVersion: [");
    }

    @Override
    protected void close(IntentSource opened) {
        ((FileSource) opened).close();
    }
}
