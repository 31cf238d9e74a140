#!/bin/sh
# The CNI plugin lab-ipip: hands the runtime's request to the agent of this node, which is warm and
# listens on a socket, by perl or curl, whichever the node has; without an agent, or without either, runs
# the same program in a JVM of its own.
# `lab cni install` writes lab-ipip.d beside this file.
socket=${LAB_CNI_SOCKET:-/run/lab-cni/agent.sock}
parts=${0%/*}/lab-ipip.d
newline='
'

# Where the answer ended early: the agent may have done its work or not, which DEL sorts out.
died="the lab-ipip agent died over this request, or took longer than 100 s; try again"

# An error as the CNI specification wants it. $1 code, $2 message: both ours, never the runtime's.
fail() {
    printf '{"cniVersion":"1.0.0","code":%s,"msg":"%s"}\n' "$1" "$2"
    exit 1
}

# The shell itself reads, byte by byte, which is cheaper than starting cat.
read_config() {
    config=
    line=
    while IFS= read -r line; do
        config=$config$line$newline
    done
    config=$config$line
}

# Ends with its answer, unless nobody listens.
ask_with_perl() {
    perl "$parts/ask.pl" "$socket"
    case $? in
        0) exit 0 ;;
        1) exit 1 ;;
        74 | 142) fail 11 "$died" ;; # 142: SIGALRM
        *) ;;
    esac
}

# Four times as slow to start. The status comes behind the body: --fail-with-body is too young for the
# curl of many nodes.
ask_with_curl() {
    read_config
    answer=$(curl --disable --silent --max-time 100 --unix-socket "$socket" \
        --noproxy '*' --data-binary @- --write-out '\n%{http_code}' \
        -H 'Content-Type: application/json' -H 'Expect:' \
        -H "CNI-COMMAND: $CNI_COMMAND" -H "CNI-CONTAINERID: $CNI_CONTAINERID" \
        -H "CNI-NETNS: $CNI_NETNS" -H "CNI-IFNAME: $CNI_IFNAME" -H "CNI-ARGS: $CNI_ARGS" \
        http://lab-cni/ <<REQUEST
$config
REQUEST
    )
    case $? in
        0) ;;
        1 | 2 | 7) return ;;
        *) fail 11 "$died" ;;
    esac
    status=${answer##*"$newline"}
    body=${answer%"$newline"*}
    [ -z "$body" ] || printf '%s\n' "${body%"$newline"}"
    [ "$status" = 200 ]
    exit $?
}

one_shot() {
    java=
    classpath=
    if cd "$parts" 2>/dev/null && [ -r runtime ]; then
        while IFS='=' read -r key value; do
            case $key in
                java) java=$value ;;
                classpath) classpath=$value ;;
            esac
        done <runtime
    fi
    if [ ! -x "$java" ]; then
        read_config # or the runtime's pipe breaks
        fail 11 "the lab-ipip agent does not answer, and there is no Java here to do without it; look at the lab-ipip pod of this node"
    fi
    # In the C locale a JVM takes names for ASCII.
    LC_ALL=C.UTF-8
    export LC_ALL
    set -- -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:-UsePerfData -Xlog:disable -Xlog:all=off \
        --enable-native-access=ALL-UNNAMED -cp "$classpath" dev.cnilab.cni.plugin.PluginMain
    [ -r classes.aot ] && set -- -XX:AOTCache=classes.aot "$@"
    [ -n "${config+read}" ] || exec "$java" "$@"
    printf '%s' "$config" | "$java" "$@"
    exit $?
}

# A line break could smuggle in a header; the program itself says what is wrong with it.
case $CNI_COMMAND$CNI_CONTAINERID$CNI_NETNS$CNI_IFNAME$CNI_ARGS in
    *"$newline"*) ;;
    *)
        if [ -S "$socket" ]; then
            ! command -v perl >/dev/null 2>&1 || ask_with_perl
            ! command -v curl >/dev/null 2>&1 || ask_with_curl
        fi
        ;;
esac
one_shot
