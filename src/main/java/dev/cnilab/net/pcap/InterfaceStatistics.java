package dev.cnilab.net.pcap;

import java.time.Instant;

/**
 * The counters of one interface that a running capture reports periodically.
 *
 * @param interfaceName "" when the file does not name it
 * @param time everything captured up to then has been written
 * @param received frames since the capture began, including dropped ones
 * @param dropped frames lost because a buffer was full
 */
public record InterfaceStatistics(
        String interfaceName, Instant time, long received, long dropped) {}
