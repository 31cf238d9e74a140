package dev.cnilab.graph.svg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnilab.graph.Sample;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LayoutTest {

    @ParameterizedTest
    @CsvSource({"1,1", "2,1", "2,2", "2,5", "3,0", "6,3", "7,1", "20,1", "20,3", "50,2"})
    void everythingHasItsOwnPlaceInThePicture(int nodes, int pods) {
        Layout layout = Layout.of(Sample.of(nodes, pods));
        List<Shape.Block> blocks = blocks(layout);
        Box picture = new Box(0, 0, layout.width(), layout.height());
        List<Shape.Block> frames =
                blocks.stream().filter(block -> block.kind() == Shape.Kind.NODE).toList();
        List<Shape.Block> rest =
                blocks.stream().filter(block -> block.kind() != Shape.Kind.NODE).toList();

        assertThat(frames).hasSize(nodes);
        assertThat(blocks).allMatch(block -> contains(picture, block.box()));
        assertNoneOverlaps(frames);
        assertNoneOverlaps(rest);
        assertThat(rest.stream().filter(block -> block.kind() != Shape.Kind.NETWORK))
                .allMatch(block ->
                        frames.stream().anyMatch(frame -> contains(frame.box(), block.box())));
    }

    @ParameterizedTest
    @CsvSource({"2,1", "6,3", "20,1"})
    void textStaysInItsBlock(int nodes, int pods) {
        assertThat(blocks(Layout.of(Sample.of(nodes, pods))))
                .allSatisfy(block ->
                        assertThat(block.lines())
                                .allMatch(line -> line.width() <= block.box().width()));
    }

    @ParameterizedTest
    @CsvSource({"2,1", "2,5", "20,2"})
    void everyVethHasAWireThatEndsAtItsBridge(int nodes, int pods) {
        Layout layout = Layout.of(Sample.of(nodes, pods));
        List<Box> bridges =
                blocks(layout).stream()
                        .filter(block ->
                                block.kind() == Shape.Kind.BRIDGE
                                        || block.kind() == Shape.Kind.NETWORK)
                        .map(Shape.Block::box)
                        .toList();
        List<Shape.Wire> veths =
                layout.shapes().stream()
                        .filter(Shape.Wire.class::isInstance)
                        .map(Shape.Wire.class::cast)
                        .filter(wire -> wire.kind() == Shape.Kind.VETH)
                        .toList();

        assertThat(veths).hasSize(nodes + nodes * pods);
        assertThat(veths)
                .allMatch(wire -> {
                    int x = wire.xy().get(wire.xy().size() - 2);
                    int y = wire.xy().getLast();
                    return bridges.stream()
                            .anyMatch(box -> box.y() == y && box.x() <= x && x <= box.right());
                });
    }

    private static void assertNoneOverlaps(List<Shape.Block> blocks) {
        for (int i = 0; i < blocks.size(); i++) {
            for (int j = i + 1; j < blocks.size(); j++) {
                assertThat(overlap(blocks.get(i).box(), blocks.get(j).box()))
                        .as("%s over %s", blocks.get(i), blocks.get(j))
                        .isFalse();
            }
        }
    }

    private static boolean overlap(Box one, Box other) {
        return one.x() < other.right()
                && other.x() < one.right()
                && one.y() < other.bottom()
                && other.y() < one.bottom();
    }

    private static boolean contains(Box outer, Box inner) {
        return outer.x() <= inner.x()
                && outer.y() <= inner.y()
                && inner.right() <= outer.right()
                && inner.bottom() <= outer.bottom();
    }

    private static List<Shape.Block> blocks(Layout layout) {
        return layout.shapes().stream()
                .filter(Shape.Block.class::isInstance)
                .map(Shape.Block.class::cast)
                .toList();
    }
}
