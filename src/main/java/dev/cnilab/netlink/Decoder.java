package dev.cnilab.netlink;

import org.jspecify.annotations.Nullable;

/** Makes a value of a message from the kernel. */
@FunctionalInterface
public interface Decoder<T> {

    /**
     * @return null for a message that is none of the caller's
     * @throws MalformedMessageException when the message lacks what it must have
     */
    @Nullable T decode(Reply reply) throws MalformedMessageException;
}
