package dev.cnilab.kube.patch;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A server-side apply.
 *
 * @param config the fields that the manager wants, all of them
 * @param manager who wants them ({@code fieldManager})
 * @param subresource "" for the object itself
 * @param force takes fields over from other managers
 * @param time now, RFC 3339
 */
public record ApplyRequest(
        ObjectNode config, String manager, String subresource, boolean force, String time) {}
