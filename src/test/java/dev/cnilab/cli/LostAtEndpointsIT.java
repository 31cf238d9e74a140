package dev.cnilab.cli;

import static dev.cnilab.cli.Verdicts.arrived;
import static dev.cnilab.cli.Verdicts.lost;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cnilab.base.Failure;
import dev.cnilab.cluster.Place;
import dev.cnilab.cluster.Pod;
import dev.cnilab.host.NetNamespace;
import dev.cnilab.netlink.Scene;
import dev.cnilab.testbed.TypesRemedyOf;
import dev.cnilab.trace.DropReason;
import dev.cnilab.trace.Verdict;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Traces lost at agents, tunnels, Services without endpoints and closed ports. */
@ExtendWith(SharedTracedLab.class)
class LostAtEndpointsIT {

    private final TracedLab lab;

    LostAtEndpointsIT(TracedLab lab) {
        this.lab = lab;
    }

    @Test
    @TypesRemedyOf("trace.run.TunnelDiagnosis.restartAgent")
    void agentHangs() throws IOException {
        lab.stopAgent(lab.worker());
        Pod agent = lab.agent(lab.worker());
        Verdict.Lost lost =
                lost(
                        lab.taped("agent-down").ping(lab.workerPod(), lab.pod()),
                        DropReason.AGENT_DOWN);

        assertThat(lost.where()).isEqualTo(TracedLab.place(lab.worker()));
        lab.fix(lost.remedy());
        lab.awaitAnother(agent);
        arrived(lab.ping(lab.workerPod(), lab.pod()));
    }

    @Test
    void tunnelDeviceIsMissing() throws IOException {
        lab.stopAgent(lab.controlPlane());
        Scene.in(NetNamespace.named(lab.controlPlane())).delete("flannel.ipip");
        Verdict.Lost lost =
                lost(
                        lab.taped("tunnel-missing").ping(lab.pod(), lab.workerPod()),
                        DropReason.TUNNEL_MISSING);

        assertThat(lost.where()).isEqualTo(TracedLab.place(lab.controlPlane()));
        assertThat(lost.explanation()).contains("no flannel.ipip");
    }

    @Test
    void serviceHasNoEndpoints() throws IOException {
        String service =
                """
                apiVersion: v1
                kind: Service
                metadata: {name: empty, namespace: default}
                spec:
                  selector: {app: nobody}
                  ports: [{port: 80}]
                """;
        lab.cluster().objects().apply(service);
        try {
            Verdict.Lost lost =
                    lost(
                            lab.taped("no-endpoint").tcp(lab.pod(), "empty", 80),
                            DropReason.NO_ENDPOINT);
            assertThat(lost.explanation()).contains("no Ready pod has app=nobody");
            assertThat(lost.evidence().toString()).contains("app=demo");
        } finally {
            lab.cluster().objects().delete(service);
        }
    }

    @Test
    @TypesRemedyOf("trace.run.ProbePlan.nodePort")
    void serviceHasNoNodePort() throws IOException {
        String service =
                """
                apiVersion: v1
                kind: Service
                metadata: {name: inside, namespace: default}
                spec:
                  selector: {app: demo}
                  ports: [{port: 80}]
                """;
        lab.cluster().objects().apply(service);
        try {
            Failure failure =
                    catchThrowableOfType(Failure.class, () -> lab.tcp("outside", "inside", 80));
            assertThat(failure.id()).isEqualTo("no-node-port");
            lab.fix(failure.remedy());
            arrived(lab.tcp("outside", "inside", 80));
        } finally {
            lab.cluster().objects().delete(service);
        }
    }

    @Test
    @TypesRemedyOf("trace.run.VerdictBuilder.refused")
    void portIsClosed() throws IOException {
        Verdict.Lost lost =
                lost(
                        lab.taped("port-closed").tcp(lab.pod(), lab.workerPod(), 81),
                        DropReason.PORT_CLOSED);

        assertThat(lost.where()).isEqualTo(new Place.InPod("default", lab.workerPod()));
        lab.fix(lost.remedy());
    }
}
