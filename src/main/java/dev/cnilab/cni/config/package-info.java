/** JSON files that people write for the agent, read strictly and with the place of each mistake. */
@NullMarked
package dev.cnilab.cni.config;

import org.jspecify.annotations.NullMarked;
