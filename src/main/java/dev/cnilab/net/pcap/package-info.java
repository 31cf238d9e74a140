/** Capture files: pcap written and read, pcapng read. Pure. */
@NullMarked
package dev.cnilab.net.pcap;

import org.jspecify.annotations.NullMarked;
