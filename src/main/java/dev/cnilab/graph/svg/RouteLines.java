package dev.cnilab.graph.svg;

import dev.cnilab.graph.Netns;
import dev.cnilab.graph.NodeRoute;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Formats a routing table in few lines: destination, gateway, device. */
final class RouteLines {

    private RouteLines() {}

    /**
     * Formats the table.
     *
     * @param most maximum number of entries; 0 for a summary
     */
    static List<Text> of(Netns netns, int most, int room) {
        List<NodeRoute> routes = netns.routes();
        if (routes.isEmpty() || most == 0) {
            return List.of(Text.fitted(Text.Font.SMALL, summary(routes), room));
        }
        List<NodeRoute> shown = routes.size() <= most + 1 ? routes : routes.subList(0, most);
        int destination = width(shown.stream().map(NodeRoute::destination).toList());
        int gateway = width(shown.stream().map(RouteLines::gateway).toList());
        List<Text> lines = new ArrayList<>();
        for (NodeRoute route : shown) {
            String line =
                    pad(route.destination(), destination)
                            + "  "
                            + pad(gateway(route), gateway)
                            + "  "
                            + route.device();
            lines.add(
                    Text.fitted(Text.Font.CODE_SMALL, line, room)
                            .ofRoute(route.id(netns.location())));
        }
        if (shown.size() < routes.size()) {
            lines.add(new Text(Text.Font.SMALL, "and " + (routes.size() - most) + " more"));
        }
        return lines;
    }

    private static String gateway(NodeRoute route) {
        return route.gateway().isEmpty() ? "direct" : route.gateway();
    }

    /** Summarizes the table: "22 routes, 19 by the tunnel device". */
    private static String summary(List<NodeRoute> routes) {
        String count =
                switch (routes.size()) {
                    case 0 -> "no routes";
                    case 1 -> "1 route";
                    default -> routes.size() + " routes";
                };
        Map<String, Long> away =
                routes.stream()
                        .filter(route -> !route.gateway().isEmpty())
                        .collect(
                                Collectors.groupingBy(
                                        NodeRoute::device, TreeMap::new, Collectors.counting()));
        return away.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(most -> count + ", " + most.getValue() + " by " + most.getKey())
                .orElse(count);
    }

    private static int width(List<String> cells) {
        return cells.stream().mapToInt(String::length).max().orElse(0);
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(width - text.length());
    }
}
