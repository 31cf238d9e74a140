package dev.cnilab.spec;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The messages for single mistakes in a lab file. */
class MistakesTest {

    @ParameterizedTest(name = "{1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
"""
kind: Lab | kind: Pod | lab.yaml:3:7: kind: expected one of Lab, found 'Pod'
kind: Lab | knid: Lab | lab.yaml:3:1: knid: unknown key 'knid'; did you mean 'kind'?
title: Kub | titel: Kub | lab.yaml:6:3: metadata.titel: unknown key 'titel'; did you mean 'title'?
untaint: true | zzz: true | lab.yaml:27:3: kubernetes.zzz: unknown key 'zzz'; known: version, image, podSubnet, serviceSubnet, untaint, dns
name: flannel-ipip | name: Flannel_ipip | lab.yaml:5:9: metadata.name: expected a DNS label (a-z, 0-9 and '-', a letter or digit first and last), found 'Flannel_ipip'
name: flannel-ipip | name: aaaaaaaaaabbbbbbbbbbccccccccccddddddddddx | lab.yaml:5:9: metadata.name: at most 40 characters, found 41
name: flannel-ipip | name: 12 | lab.yaml:5:9: metadata.name: expected a DNS label (a-z, 0-9 and '-', a letter or digit first and last), found '12'; put it in quotes to make it text
max_user_watches: 524288 | max_user_watches: many | lab.yaml:14:34: host.sysctls.fs.inotify.max_user_watches: expected an integer of 0 to 922337203685477580, found 'many'
max_user_watches: 524288 | max_user_watches: 0x10 | lab.yaml:14:34: host.sysctls.fs.inotify.max_user_watches: expected an integer of 0 to 922337203685477580, found '0x10'
subnet: 172.18.0.0/16 | subnet: 172.18.0.0/33 | lab.yaml:19:18: network.ipv4.subnet: not an IPv4 prefix: '172.18.0.0/33'
subnet: 172.18.0.0/16 | subnet: 172.18.0.1/16 | lab.yaml:19:18: network.ipv4.subnet: 172.18.0.1/16 has host bits: write 172.18.0.0/16
gateway: 172.18.0.1 | gateway: 172.19.0.1 | lab.yaml:19:42: network.ipv4.gateway: 172.19.0.1 is not a host address in 172.18.0.0/16; by default it is 172.18.0.1
gateway: 172.18.0.1 | gateway: 172.18.0.0 | lab.yaml:19:42: network.ipv4.gateway: 172.18.0.0 is not a host address in 172.18.0.0/16; by default it is 172.18.0.1
gateway: "fd00:172:18:1::1" | gateway: "fd00::1" | lab.yaml:20:49: network.ipv6.gateway: fd00::1 is not a host address in fd00:172:18:1::/64; by default it is fd00:172:18:1::1
"fd00:172:18:1::/64" | "172:18:0:1/64" | lab.yaml:20:18: network.ipv6.subnet: not an IPv6 prefix: '172:18:0:1/64'
image: kindest/node:v1.27.3@sha256 | image: kindest/node:v1.27.3#sha256 | lab.yaml:24:10: kubernetes.image: expected an image by digest, NAME:TAG@sha256:DIGEST, found 'kindest/node:v1.27.3#sha256:3966ac761ae0136263ffdb6cfd4db23e…'
version: v1.27.3 | version: v1.37.2 | lab.yaml:23:12: kubernetes.version: v1.37.2 is not v1.27.3 of kubernetes.image; change the image, or omit the version, whose default is the image's
serviceSubnet: 10.96.0.0/16 | serviceSubnet: 10.244.128.0/17 | lab.yaml:26:18: kubernetes.serviceSubnet: 10.244.128.0/17 overlaps kubernetes.podSubnet 10.244.0.0/16; choose a subnet that does not overlap it
serviceSubnet: 10.96.0.0/16 | serviceSubnet: 172.16.0.0/12 | lab.yaml:26:18: kubernetes.serviceSubnet: 172.16.0.0/12 overlaps network.ipv4.subnet 172.18.0.0/16; choose a subnet that does not overlap it
untaint: true | untaint: yes | lab.yaml:27:12: kubernetes.untaint: expected true or false, found 'yes'
- role: worker | - role: workr | lab.yaml:31:11: nodes[1].role: expected one of control-plane, worker, found 'workr'; did you mean 'worker'?
- role: worker | - {role: worker, name: control-plane} | lab.yaml:31:5: nodes[1]: a node named 'flannel-ipip-control-plane' already exists; names must be distinct
- role: worker | - worker | lab.yaml:31:5: nodes[1]: expected a mapping, found 'worker'
network: 10.244.0.0/16 | network: 10.245.0.0/16 | lab.yaml:40:12: cni.network: 10.245.0.0/16 is not kubernetes.podSubnet 10.244.0.0/16; make them the same
type: lab-ipip | type: lab-ipp | lab.yaml:39:9: cni.type: expected one of lab-ipip, flannel, conflist, found 'lab-ipp'; did you mean 'lab-ipip'?
type: ipip | type: vxlan | lab.yaml:41:19: cni.backend.type: expected one of ipip, found 'vxlan'
mtu: auto | mtu: 20 | lab.yaml:42:8: cni.mtu: expected auto or a number of 576 to 65515
interface: {name: eth0} | interface: {regex: "("} | lab.yaml:44:22: cni.interface.regex: not a regular expression: Unclosed group
interface: {name: eth0} | interface: {name: eth0, regex: eth0} | lab.yaml:44:14: cni.interface: expected exactly one key, found 2; known: name, regex, canReach
interface: {name: eth0} | interface: {nane: eth0} | lab.yaml:44:15: cni.interface.nane: unknown key 'nane'; did you mean 'name'?
- manifest: demo | - manifest: dmo | lab.yaml:47:15: workloads[0].manifest: manifest 'dmo': no bundled manifest of that name
- manifest: demo | - manifest: ./demo.yaml | lab.yaml:47:15: workloads[0].manifest: manifest './demo.yaml': a bundled lab has no files next to it
- manifest: demo | - {manifest: demo, values: {imge: x}} | lab.yaml:47:37: workloads[0].values.imge: manifest 'demo' has no variable 'imge'; did you mean 'image'?
budget: 30s | budget: 30 | lab.yaml:50:11: verify.budget: expected a time such as 500ms, 30s or 2m, found '30'; put it in quotes to make it text
selector: {app: demo}} | selector: {app: other}} | lab.yaml:51:40: verify.pods.selector: no workload's pods in the namespace default carry {app=other}; steps would have no pods to check
- name: pod-to-pod | - name: node-to-pod | lab.yaml:83:13: verify.steps[4].name: a step named 'node-to-pod' already exists; names must be distinct
probe: {nodes-ready: {}} | probe: {node-ready: {}} | lab.yaml:57:15: verify.steps[0].probe.node-ready: unknown key 'node-ready'; did you mean 'nodes-ready'?
from: each-node | from: every-node | lab.yaml:78:17: verify.steps[3].probe.http.from: expected one of each-node, each-pod, outside, node:control-plane, pod:control-plane, node:worker, pod:worker, found 'every-node'
cluster-ip: {service: demo} | cluster-ip: {service: wluo} | lab.yaml:247:15: verify.steps[14].probe.http.to: no workload has a Service 'wluo'; known: demo
0.0.0.0 ${node.gateway} | 0.0.0.0 ${node.gatewy} | lab.yaml:100:15: verify.steps[5].probe.routes.exactly[0]: unknown variable 'node.gatewy'; did you mean 'node.gateway'?
0.0.0.0 ${node.gateway} | 0.0.0.0 ${to.pod.ip} | lab.yaml:100:15: verify.steps[5].probe.routes.exactly[0]: variable 'to.pod.ip' has no value here; nothing here is sent to a pod
local: ${node.ip} | local: ${pod.ip} | lab.yaml:148:18: verify.steps[9].probe.link.local: variable 'pod.ip' has no value here; nothing here is in a pod
command: kubectl get nodes -o wide | command: docker exec ${node.name} ps | lab.yaml:55:16: verify.steps[0].command: variable 'node.name' has no value here; nothing here is on a node
device: "${tunnel.device}" | device: flannel.ipip.of.mine | lab.yaml:154:31: verify.steps[10].probe.node-routes.device: not an interface's name of at most 15 characters: 'flannel.ipip.of.mine'
protocol: 4 | protocol: 400 | lab.yaml:200:77: verify.steps[12].probe.packets.at[3].headers[1].ipv4.protocol: expected an integer of 0 to 255, found '400'
where: node | where: to.pod | lab.yaml:164:22: verify.steps[11].probe.packets.at[0].where: no to.pod here: a node pings or is pinged
largest: auto | largest: 70000 | lab.yaml:239:73: verify.steps[13].probe.payload.largest: expected auto or a number of 1 to 65507
  - role: control-plane |   - role: worker | lab.yaml:30:3: nodes: no node is a control-plane; add '- role: control-plane'
""")
    void oneAtATime(String passage, String replacement, String problem) throws SpecException {
        assertThat(LabText.bundled().with(passage, replacement).problems()).contains(problem);
    }

    @Test
    void reportsAllProblemsInTheOrderOfTheFile() throws SpecException {
        assertThat(
                        LabText.bundled()
                                .with("untaint: true", "untaint: maybe")
                                .with("kind: Lab", "kind: Pod")
                                .with("- role: worker", "- role: wrker")
                                .problems())
                .satisfiesExactly(
                        first -> assertThat(first).startsWith("lab.yaml:3:7: kind:"),
                        second -> assertThat(second).startsWith("lab.yaml:27:12: kubernetes.unt"),
                        third -> assertThat(third).startsWith("lab.yaml:31:11: nodes[1].role:"));
    }

    @Test
    void duplicateKeysNameTheFirst() throws SpecException {
        assertThat(LabText.bundled().with("kind: Lab", "kind: Lab\nkind: Lab").problems())
                .containsExactly(
                        "lab.yaml:4:1: kind: duplicate key 'kind'; it is already defined in line 3");
    }

    @Test
    void aPodSubnetNeedsRoomForEveryNode() throws SpecException {
        LabText lab =
                LabText.bundled()
                        .with("podSubnet: 10.244.0.0/16", "podSubnet: 10.244.0.0/24")
                        .with("network: 10.244.0.0/16", "network: 10.244.0.0/24");
        assertThat(lab.problems())
                .containsExactly(
                        "lab.yaml:25:14: kubernetes.podSubnet: 10.244.0.0/24 has room for 1 nodes"
                                + " at a /24 each, the lab has 2; choose a larger one");
    }

    @Test
    void aNetworkNeedsAddressesForEveryNode() throws SpecException {
        assertThat(LabText.bundled().with("172.18.0.0/16", "172.18.0.0/30").problems())
                .containsExactly(
                        "lab.yaml:19:18: network.ipv4.subnet: 172.18.0.0/30 has no addresses for"
                                + " 2 nodes; choose a larger one");
    }
}
