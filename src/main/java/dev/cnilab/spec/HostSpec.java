package dev.cnilab.spec;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * A lab's requirements on the machine.
 *
 * @param sysctls name, such as {@code fs.inotify.max_user_watches}, to minimum value; sorted
 */
public record HostSpec(Map<String, Long> sysctls) {

    public HostSpec {
        sysctls = Collections.unmodifiableMap(new TreeMap<>(sysctls));
    }
}
