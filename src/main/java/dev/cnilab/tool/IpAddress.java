package dev.cnilab.tool;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cnilab.netlink.Addr;
import dev.cnilab.netlink.Scope;

/** Formats an address for {@code ip address}. */
final class IpAddress {

    /** INFINITY_LIFE_TIME: the lifetime of addresses that no router advertised. */
    private static final long FOREVER = 0xffffffffL;

    private IpAddress() {}

    static void show(Addr addr, String linkName, IpRecord shown, ObjectNode info) {
        local(addr, info);
        String scope = " scope " + addr.scope() + " ";
        switch (addr) {
            case Addr.V4 v4 -> {
                shown.text("    inet " + v4.local());
                if (hasBroadcast(v4)) {
                    String broadcast = v4.local().broadcast().toString();
                    info.put("broadcast", broadcast);
                    shown.text(" brd " + broadcast);
                }
                info.put("scope", addr.scope().toString()).put("label", linkName);
                shown.text(scope + linkName);
            }
            case Addr.V6 v6 -> {
                info.put("scope", addr.scope().toString());
                shown.text("    inet6 " + v6.local() + scope);
                if (v6.tentative()) {
                    info.put("tentative", true);
                    shown.text("tentative ");
                }
            }
        }
        info.put("valid_life_time", FOREVER).put("preferred_life_time", FOREVER);
        shown.text("\n       valid_lft forever preferred_lft forever\n");
    }

    static void local(Addr addr, ObjectNode info) {
        switch (addr) {
            case Addr.V4 v4 ->
                    info.put("family", "inet")
                            .put("local", v4.local().address().toString())
                            .put("prefixlen", v4.local().length());
            case Addr.V6 v6 ->
                    info.put("family", "inet6")
                            .put("local", v6.local().address())
                            .put("prefixlen", v6.local().length());
        }
    }

    /**
     * Checks whether an address has a broadcast address, as those have that CNI plugins and {@code
     * ip address add brd +} add to links other than point-to-point.
     */
    private static boolean hasBroadcast(Addr.V4 addr) {
        return addr.scope() == Scope.GLOBAL && addr.local().length() < 31;
    }
}
