package dev.cnilab.graph.svg;

import dev.cnilab.cluster.Interfaces;
import dev.cnilab.graph.Port;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Draws a link with its address as a bar. */
final class Bars {

    private Bars() {}

    static Shape.Block of(
            Scale scale, Shape.Kind kind, Interfaces.Interface link, Port port, Box place) {
        String address = link.addresses().stream().findFirst().orElse("");
        String name = (link.name() + " " + address).strip();
        List<String> details = new ArrayList<>();
        details.add(link.kind().isEmpty() ? "interface" : link.kind());
        if (link.mac().contains(":")) {
            details.add(link.mac());
        }
        details.add("mtu " + link.mtu());
        if (!link.up()) {
            details.addFirst("DOWN");
        }
        int room = place.width() - 16;
        List<Text> lines = new ArrayList<>();
        lines.add(Text.fitted(Text.Font.CODE, name, room));
        if (scale == Scale.FULL) {
            lines.add(Text.fitted(Text.Font.CODE_SMALL, String.join(" · ", details), room));
        }
        return new Shape.Block(
                kind,
                place,
                lines,
                Optional.of(port),
                !link.up(),
                name + " · " + String.join(" · ", details));
    }
}
