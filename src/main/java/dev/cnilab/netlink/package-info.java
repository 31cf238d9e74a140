/** Links, addresses, routes, neighbours, nf_tables: messages and operations. */
@NullMarked
package dev.cnilab.netlink;

import org.jspecify.annotations.NullMarked;
