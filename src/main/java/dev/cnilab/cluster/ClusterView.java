package dev.cnilab.cluster;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Read access to a cluster: its objects, and commands in its places. */
public interface ClusterView extends KubernetesView, Places {

    @Override
    default List<Place> places() throws IOException {
        List<Place> places = new ArrayList<>();
        nodes().forEach(node -> places.add(new Place.OnNode(node.name())));
        pods().forEach(pod -> places.add(new Place.InPod(pod.namespace(), pod.name())));
        places.add(new Place.Outside());
        return places;
    }
}
