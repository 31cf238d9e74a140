/** Capture files: reads pcap and pcapng, writes both. */
@NullMarked
package dev.cnilab.net.pcap;

import org.jspecify.annotations.NullMarked;
