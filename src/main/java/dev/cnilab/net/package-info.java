/** Values: addresses, prefixes, MACs; packets decoded and encoded; pcap files. Pure. */
@NullMarked
package dev.cnilab.net;

import org.jspecify.annotations.NullMarked;
