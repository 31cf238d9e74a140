/** This machine: system calls, namespaces, processes, files, sysctls, TUN and packet sockets. */
@NullMarked
package dev.cnilab.host;

import org.jspecify.annotations.NullMarked;
