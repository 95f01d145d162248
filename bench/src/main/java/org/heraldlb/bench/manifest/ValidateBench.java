package org.heraldlb.bench.manifest;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.heraldlb.manifest.Checked;
import org.heraldlb.manifest.CrossCheck;
import org.heraldlb.manifest.CrossCheckOptions;
import org.heraldlb.manifest.Documents;
import org.heraldlb.manifest.Parsed;
import org.heraldlb.manifest.ReadContext;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** How long reading and checking many documents takes: a tenth of them pools, some advertisements, the rest services. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@State(Scope.Benchmark)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(2)
public class ValidateBench {

    private static final ReadContext CONTEXT = ReadContext.files("bench");

    @Param({"100", "10000"})
    int documents;

    private String text;
    private Parsed parsed;

    @Setup
    public void write() {
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < documents; i++) {
            all.append("---\n").append(document(i));
        }
        text = all.toString();
        parsed = parse();
    }

    private static String document(int i) {
        String name = "metadata: {name: x" + i + "}\n";
        if (i % 10 == 0) {
            String net = "10." + i / 2560 % 256 + "." + i / 10 % 256;
            return "apiVersion: metallb.io/v1beta1\nkind: IPAddressPool\n" + name + "spec:\n  addresses: [" + net
                    + ".1-" + net + ".20]\n";
        }
        if (i % 100 == 1) {
            return "apiVersion: metallb.io/v1beta1\nkind: L2Advertisement\n" + name + "spec:\n  ipAddressPools: [x"
                    + (i - 1) + "]\n";
        }
        if (i % 100 == 2) {
            return "apiVersion: metallb.io/v1beta1\nkind: BGPAdvertisement\n" + name + "spec:\n  ipAddressPools: [x"
                    + (i - 2) + "]\n  communities: [\"65000:1\"]\n";
        }
        return "apiVersion: v1\nkind: Service\n" + name + "spec:\n  type: LoadBalancer\n  selector:\n    app: web\n"
                + "  ports:\n    - name: http\n      port: 80\n      targetPort: 8080\n";
    }

    /** Text to objects. */
    @Benchmark
    public Parsed parse() {
        return Documents.parse(CONTEXT, "bench.yaml", text);
    }

    /** Objects against each other, none known before. */
    @Benchmark
    public Checked check() {
        return CrossCheck.check(parsed.objects(), List.of(), CrossCheckOptions.DEFAULT);
    }

    /** The same objects once more. */
    @Benchmark
    public Checked checkAgain() {
        return CrossCheck.check(parsed.objects(), parsed.objects(), CrossCheckOptions.DEFAULT);
    }
}
