import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/** The same load on two API servers in turns: PORT PORT TOKEN ROUNDS; ours first. */
final class ApiLoad {
    private static final int PODS = 5000;
    private static final int CLIENTS = 4;
    private static final int PATCHES = 200;
    private static final String PATH = "/api/v1/namespaces/default/pods";
    private static final String POD =
            """
            {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "p%d", "labels": {"app": "demo"}},
             "spec": {"nodeName": "n", "containers": [{"name": "c", "image": "i:1", "command": ["demo"],
              "ports": [{"containerPort": 80}], "env": [{"name": "A", "value": "b"}]}]}}
            """;

    private final String server;
    private final String token;
    private final HttpClient client;

    private ApiLoad(String port, String token) throws Exception {
        server = "https://127.0.0.1:" + port;
        this.token = token;
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(null, new TrustManager[] {new TrustAll()}, new SecureRandom());
        client = HttpClient.newBuilder().sslContext(tls).version(HttpClient.Version.HTTP_1_1).build();
    }

    public static void main(String[] args) throws Exception {
        ApiLoad ours = new ApiLoad(args[0], args[2]);
        ApiLoad theirs = new ApiLoad(args[1], args[2]);
        int rounds = Integer.parseInt(args[3]);
        int share = PODS / rounds;
        List<double[]> creates = new ArrayList<>();
        List<double[]> gets = new ArrayList<>();
        List<double[]> lists = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            int first = round * share;
            creates.add(both(ours, theirs, load -> load.each(first, share, load::create)));
            gets.add(both(ours, theirs, load -> load.each(first, share, load::read)));
        }
        for (int round = 0; round < rounds; round++) {
            lists.add(both(ours, theirs, load -> load.seconds(load::list)));
        }
        int n = share * rounds;
        rate("creates", creates, share);
        rate("gets", gets, share);
        ratio("list of %d pods".formatted(n), median(lists, 0) * 1000, median(lists, 1) * 1000, "ms", rounds);
        double[] here = ours.latencies();
        double[] there = theirs.latencies();
        ratio("patch to watch, p50", at(here, 0.5), at(there, 0.5), "ms", PATCHES);
        ratio("patch to watch, p99", at(here, 0.99), at(there, 0.99), "ms", PATCHES);
    }

    private interface Step {
        void run(int number) throws Exception;
    }

    private interface Whole {
        void run() throws Exception;
    }

    private static double[] both(ApiLoad ours, ApiLoad theirs, ToDoubleFunction<ApiLoad> measured) {
        return new double[] {measured.applyAsDouble(ours), measured.applyAsDouble(theirs)};
    }

    private double seconds(Whole whole) {
        long begin = System.nanoTime();
        try {
            whole.run();
        } catch (Exception e) {
            throw new IllegalStateException(server, e);
        }
        return (System.nanoTime() - begin) / 1e9;
    }

    /** Seconds for that many, by several clients at once. */
    private double each(int first, int count, Step step) {
        return seconds(() -> {
            try (ExecutorService clients = Executors.newFixedThreadPool(CLIENTS)) {
                List<Future<?>> all = new ArrayList<>();
                for (int i = first; i < first + count; i++) {
                    int number = i;
                    all.add(clients.submit(() -> {
                        step.run(number);
                        return null;
                    }));
                }
                for (Future<?> one : all) {
                    one.get();
                }
            }
        });
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(server + path))
                .header("Authorization", "Bearer " + token)
                .header("Accept", "application/json");
    }

    private void must(HttpRequest request, int code) throws Exception {
        var answer = client.send(request, BodyHandlers.ofString());
        if (answer.statusCode() != code) {
            throw new IllegalStateException(answer.statusCode() + " " + answer.body());
        }
    }

    private void create(int number) throws Exception {
        must(
                request(PATH)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(POD.formatted(number)))
                        .build(),
                201);
    }

    private void read(int number) throws Exception {
        must(request(PATH + "/p" + number).build(), 200);
    }

    private void list() throws Exception {
        must(request(PATH).build(), 200);
    }

    /** From the patch's being sent to the event's being read, in ms; one after another. */
    private double[] latencies() throws Exception {
        var stream =
                client.send(
                        request(PATH + "?watch=true&fieldSelector=metadata.name=p0").build(),
                        BodyHandlers.ofInputStream());
        SynchronousQueue<Long> seen = new SynchronousQueue<>();
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8));
        lines.readLine();
        Thread.ofPlatform().daemon().start(() -> {
            try {
                while (lines.readLine() != null) {
                    seen.put(System.nanoTime());
                }
            } catch (Exception e) {
                // The end of the measurement.
            }
        });
        double[] millis = new double[PATCHES];
        for (int i = 0; i < PATCHES; i++) {
            HttpRequest patch =
                    request(PATH + "/p0")
                            .header("Content-Type", "application/merge-patch+json")
                            .method(
                                    "PATCH",
                                    HttpRequest.BodyPublishers.ofString(
                                            "{\"metadata\":{\"annotations\":{\"n\":\"" + i + "\"}}}"))
                            .build();
            long begin = System.nanoTime();
            var answer = client.sendAsync(patch, BodyHandlers.discarding());
            Long end = seen.poll(20, TimeUnit.SECONDS);
            if (end == null || answer.get().statusCode() != 200) {
                throw new IllegalStateException("no event of patch " + i);
            }
            millis[i] = (end - begin) / 1e6;
        }
        return millis;
    }

    private static void rate(String what, List<double[]> seconds, int count) {
        ratio(what, count / median(seconds, 0), count / median(seconds, 1), "/s", seconds.size());
    }

    private static void ratio(String what, double ours, double theirs, String unit, int count) {
        System.out.printf(
                Locale.ROOT,
                "api        %s: lab %.1f %s, kube-apiserver and etcd %.1f %s: ratio %.2f (medians of %d)%n",
                what, ours, unit, theirs, unit, ours / theirs, count);
    }

    private static double median(List<double[]> values, int side) {
        return at(values.stream().mapToDouble(pair -> pair[side]).toArray(), 0.5);
    }

    private static double at(double[] values, double quantile) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[(int) Math.min(sorted.length - 1, Math.floor(quantile * sorted.length))];
    }

    /** It measures; whom it talks to is its caller's business. */
    private static final class TrustAll extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, java.net.Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, java.net.Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
