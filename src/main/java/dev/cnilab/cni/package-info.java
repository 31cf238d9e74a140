/** Per pod: the CNI plugin and IPAM. Per node: agent, leases, backends. */
@NullMarked
package dev.cnilab.cni;

import org.jspecify.annotations.NullMarked;
