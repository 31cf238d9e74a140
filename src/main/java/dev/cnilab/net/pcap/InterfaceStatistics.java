package dev.cnilab.net.pcap;

import java.time.Instant;

/**
 * What a running capture says of one interface now and then.
 *
 * @param interfaceName "" when the file does not name it
 * @param time up to which all that was captured there has been written
 * @param received frames since the capture began, dropped ones included
 * @param dropped of them, for want of room
 */
public record InterfaceStatistics(
        String interfaceName, Instant time, long received, long dropped) {}
