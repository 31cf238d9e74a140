package dev.cnilab.netlink;

import org.jspecify.annotations.Nullable;

/** Decodes a message from the kernel. */
@FunctionalInterface
public interface Decoder<T> {

    /**
     * Decodes a message.
     *
     * @return null for a message of another type
     * @throws MalformedMessageException when a required part is missing
     */
    @Nullable T decode(Reply reply) throws MalformedMessageException;
}
