# shellcheck shell=bash
# Shared by the measurements of this folder; sourced, not run.
set -euo pipefail
here=$(CDPATH='' cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
lab=${LAB:-$here/../lab}
rounds=${ROUNDS:-20}

# Names what is missing and how Debian calls it; installs nothing. $1 program, $2 package.
need() {
    command -v "$1" >/dev/null 2>&1 || {
        echo "missing: $1 (Debian: apt-get install $2)" >&2
        exit 69
    }
}

# Runs the calling script again in network, mount and process namespaces of its own, /run and
# /var/lib in it fresh: whatever it makes ends with it, and the machine sees none of it. The files
# are on a disk, where a node's are.
enclose() {
    [ "$(id -u)" = 0 ] || { echo "needs root: it makes network namespaces" >&2; exit 77; }
    if [ -z "${BENCH_WORK:-}" ]; then
        "$lab" version >/dev/null
        BENCH_WORK=$(mktemp -d /var/tmp/lab-bench.XXXXXX)
        export BENCH_WORK
        trap 'rm -rf -- "$BENCH_WORK"' EXIT
        unshare --net --mount --pid --fork --kill-child --mount-proc -- bash "$0" "$@"
        exit
    fi
    mount -t tmpfs bench /run
    mkdir /run/netns
    mount --bind "$BENCH_WORK" /var/lib
    mount -t sysfs sysfs /sys
    ip link set lo up
}

# $micros is how long the command took, its start included.
timed() {
    local start=${EPOCHREALTIME/[.,]/}
    "$@"
    micros=$((${EPOCHREALTIME/[.,]/} - start))
}

# Waits until the command succeeds; $1 seconds at most.
await() {
    local deadline=$((SECONDS + $1))
    shift
    until "$@" 2>/dev/null; do
        ((SECONDS < deadline)) || { echo "gave up on: $*" >&2; return 1; }
        sleep 0.05
    done
}

# The median of the numbers of a file.
median() { sort -n "$1" | awk '{ v[NR] = $1 } END { print (v[int((NR + 1) / 2)] + v[int(NR / 2) + 1]) / 2 }'; }

# As fixed-point: $1 of microseconds, in milliseconds.
millis() { awk -v t="$1" 'BEGIN { printf "%.1f ms", t / 1000 }'; }

# A line of the result: $1 what, then files of microseconds with the names of their sides.
compare() {
    awk -v what="$1" -v a="$(median "$2")" -v an="$3" -v b="$(median "$4")" -v bn="$5" -v n="$(wc -l <"$2")" 'BEGIN {
        printf "%-10s %s %.1f ms, %s %.1f ms: ratio %.2f (medians of %d)\n", what, an, a / 1000, bn, b / 1000, a / b, n }'
}

# Makes this namespace a node and starts its agent as process $agent; $1 is the file of leases.
start_node() {
    ip link add eth0 type veth peer name peer0
    ip addr add 192.0.2.1/24 dev eth0
    ip link set eth0 up
    ip link set peer0 up
    echo '{"Network": "10.0.0.0/8", "Backend": {"Type": "ipip"}}' >/run/net-conf.json
    "$lab" agent --node n0 --iface eth0 --leases "$1" --net-conf /run/net-conf.json >/run/agent.log 2>&1 &
    agent=$!
    await 60 test -S /run/lab-cni/agent.sock || { cat /run/agent.log >&2; exit 1; }
}

# The same, with our plugin at /run/bin/lab-ipip and the node's subnet 10.244.1.0/24.
start_node_with_plugin() {
    echo '{"nodes": [{"node": "n0", "subnet": "10.244.1.0/24", "publicIp": "192.0.2.1"}]}' >/run/leases.json
    "$lab" cni install --bin-dir /run/bin --conf-dir /run/net.d 2>/dev/null
    start_node /run/leases.json
}

lab_ipip_config='{"cniVersion":"1.0.0","name":"cbr0","type":"lab-ipip",
    "delegate":{"hairpinMode":true,"isDefaultGateway":true}}'
