/** rtnetlink, nf_tables and conntrack: messages and operations. */
@NullMarked
package dev.cnilab.netlink;

import org.jspecify.annotations.NullMarked;
