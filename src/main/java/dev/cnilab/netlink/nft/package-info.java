/** nf_tables: tables written down as values, replaced atomically. */
@NullMarked
package dev.cnilab.netlink.nft;

import org.jspecify.annotations.NullMarked;
