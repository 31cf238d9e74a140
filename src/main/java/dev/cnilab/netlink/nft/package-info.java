/** nf_tables: tables as values, replaced atomically. */
@NullMarked
package dev.cnilab.netlink.nft;

import org.jspecify.annotations.NullMarked;
