package dev.cnilab.kube.patch;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A server-side apply.
 *
 * @param config all fields that the manager sets
 * @param manager the {@code fieldManager}
 * @param subresource "" for the object itself
 * @param force takes over conflicting fields from other managers
 * @param time the current time, RFC 3339
 */
public record ApplyRequest(
        ObjectNode config, String manager, String subresource, boolean force, String time) {}
