package dev.cnilab.kube;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Every object of the cluster, in memory, with Kubernetes' rules for versions, deletion and
 * watching. Thread-safe. Stored objects are immutable: what {@link #get} and {@link #list} return
 * is shared and must be copied ({@code deepCopy}) before it is changed; {@link #update} passes such
 * a copy.
 */
public final class Store {
    private record Key(String namespace, String name) implements Comparable<Key> {
        private static final Comparator<Key> ORDER =
                Comparator.comparing(Key::namespace).thenComparing(Key::name);

        @Override
        public int compareTo(Key other) {
            return ORDER.compare(this, other);
        }
    }

    /**
     * The objects of one type at one revision.
     *
     * @param revision the revision that a watch continues from
     * @param items sorted by namespace, then name
     */
    public record Snapshot(long revision, List<ObjectNode> items) {}

    /** The default number of changes kept for clients that resume a watch. */
    public static final int HISTORY = 8192;

    private final Map<ResourceType, NavigableMap<Key, ObjectNode>> objects =
            new EnumMap<>(ResourceType.class);
    private final Map<ResourceType, UnaryOperator<ObjectNode>> admissions =
            new EnumMap<>(ResourceType.class);
    private final Set<Watch> watches = new CopyOnWriteArraySet<>();
    private final Clock clock;
    private final History history;
    private final ChangeLog log;
    private long revision;

    /**
     * @param historySize how many changes are kept for clients that resume a watch
     * @param contents the initial objects
     * @param log persists the changes
     */
    public Store(Clock clock, int historySize, Contents contents, ChangeLog log) {
        this.clock = clock;
        this.log = log;
        revision = contents.revision();
        history = new History(historySize, revision);
        for (ResourceType type : ResourceType.values()) {
            objects.put(type, new TreeMap<>());
        }
        contents.objects()
                .forEach((type, all) -> all.forEach(object -> of(type).put(key(object), object)));
    }

    /** An empty one, in memory only. */
    public Store(Clock clock, int historySize) {
        this(clock, historySize, Contents.EMPTY, ChangeLog.NONE);
    }

    /** An empty one, in memory only. */
    public Store() {
        this(Clock.systemUTC(), HISTORY);
    }

    /**
     * Adds an admission step for a type, called at creation and at each update before the object is
     * stored: it may fill in fields of the copy it gets, and reject by throwing {@link
     * ApiException}. It runs under the store's lock and may read the store.
     */
    public synchronized void admission(ResourceType type, UnaryOperator<ObjectNode> step) {
        admissions.merge(type, step, (first, then) -> object -> then.apply(first.apply(object)));
    }

    private ObjectNode admit(ResourceType type, ObjectNode object) {
        return admissions.getOrDefault(type, UnaryOperator.identity()).apply(object);
    }

    /**
     * Adds an object; uid, creationTimestamp, resourceVersion, generation and, from {@code
     * generateName}, the name are filled in.
     *
     * @return the object as stored
     * @throws ApiException 409 AlreadyExists
     */
    public synchronized ObjectNode create(ResourceType type, ObjectNode object) {
        ObjectNode created = object.deepCopy();
        Identity.complete(type, created, clock, name -> get(type, created, name).isPresent());
        Defaults.fill(type, created);
        String name = ObjectMeta.name(created);
        if (get(type, created, name).isPresent()) {
            throw ApiException.alreadyExists(type, name);
        }
        ObjectNode admitted = admit(type, created);
        put(type, key(admitted), null, admitted);
        return admitted;
    }

    /**
     * @param namespace "" for an object of the whole cluster
     */
    public synchronized Optional<ObjectNode> get(ResourceType type, String namespace, String name) {
        return Optional.ofNullable(of(type).get(new Key(namespace, name)));
    }

    /** All objects of one type, in every namespace. */
    public List<ObjectNode> list(ResourceType type) {
        return snapshot(type).items();
    }

    public synchronized Snapshot snapshot(ResourceType type) {
        return new Snapshot(revision, List.copyOf(of(type).values()));
    }

    /**
     * All objects of one type as of a revision.
     *
     * @throws ApiException 410 Expired if the history no longer reaches back to it
     */
    public synchronized Snapshot snapshot(ResourceType type, long at) {
        NavigableMap<Key, ObjectNode> then = new TreeMap<>(of(type));
        for (WatchEvent event : history.backTo(at, type)) {
            Key key = key(event.object());
            if (event.previous() == null) {
                then.remove(key);
            } else {
                then.put(key, event.previous());
            }
        }
        return new Snapshot(at, List.copyOf(then.values()));
    }

    /**
     * Changes an object atomically. The function gets a copy that it may change and return; an
     * unchanged result makes no new revision. The status of a type that has it as a subresource is
     * left unchanged.
     *
     * @throws ApiException 404 NotFound; 409 Conflict if the result has another resourceVersion or
     *     uid than the object
     */
    public ObjectNode update(
            ResourceType type, String namespace, String name, UnaryOperator<ObjectNode> change) {
        return change(type, namespace, name, change, Scope.ALL_BUT_STATUS);
    }

    /** As {@link #update}, but of status and metadata only; {@code spec} is left unchanged. */
    public ObjectNode updateStatus(
            ResourceType type, String namespace, String name, UnaryOperator<ObjectNode> change) {
        return change(type, namespace, name, change, Scope.ALL_BUT_SPEC);
    }

    private synchronized ObjectNode change(
            ResourceType type,
            String namespace,
            String name,
            UnaryOperator<ObjectNode> change,
            Scope scope) {
        Key key = new Key(namespace, name);
        ObjectNode current = of(type).get(key);
        if (current == null) {
            throw ApiException.notFound(type, name);
        }
        ObjectNode changed = change.apply(current.deepCopy()).deepCopy();
        Identity.check(type, current, changed);
        scope.keep(type, current, changed);
        Defaults.fill(type, changed);
        changed = admit(type, changed);
        Identity.keep(type, current, changed);
        if (JsonValues.same(current, changed)) {
            return current;
        }
        put(type, key, current, changed);
        if (Deletion.finished(type, changed)) {
            drop(type, key, changed);
        }
        return changed;
    }

    /**
     * Deletes with the object's own grace period; see {@link #delete(ResourceType, String, String,
     * OptionalLong)}.
     */
    public Optional<ObjectNode> delete(ResourceType type, String namespace, String name) {
        return delete(type, namespace, name, OptionalLong.empty());
    }

    /**
     * Deletes an object. A pod that runs on a node, and anything with finalizers, is only marked
     * (deletionTimestamp, deletionGracePeriodSeconds): it is removed by the kubelet's call of
     * {@link #remove}, or with its last finalizer.
     *
     * @param grace seconds that a pod gets to terminate; 0 removes it at once
     * @return the object after the change, or its last state if removed; empty if it does not exist
     */
    public synchronized Optional<ObjectNode> delete(
            ResourceType type, String namespace, String name, OptionalLong grace) {
        Key key = new Key(namespace, name);
        ObjectNode current = of(type).get(key);
        if (current == null) {
            return Optional.empty();
        }
        ObjectNode marked = Deletion.mark(type, current, grace, clock);
        if (Deletion.finished(type, marked)) {
            return Optional.of(drop(type, key, current));
        }
        if (!marked.equals(current)) {
            put(type, key, current, marked);
        }
        return Optional.of(marked);
    }

    /** Removes an object at once, regardless of grace period and finalizers. */
    public synchronized Optional<ObjectNode> remove(
            ResourceType type, String namespace, String name) {
        Key key = new Key(namespace, name);
        ObjectNode current = of(type).get(key);
        return current == null ? Optional.empty() : Optional.of(drop(type, key, current));
    }

    /**
     * Lists, then watches: the listener first gets ADDED for every existing object, then each
     * change, in the order of revisions, on the watch's own thread.
     *
     * @param types the types to watch; all if empty
     */
    public Watch watch(Consumer<WatchEvent> listener, ResourceType... types) {
        Set<ResourceType> wanted =
                types.length == 0
                        ? EnumSet.allOf(ResourceType.class)
                        : EnumSet.copyOf(List.of(types));
        Watch watch;
        synchronized (this) {
            watch = new Watch(listener, wanted, existing(wanted), watches::remove);
            watches.add(watch);
        }
        watch.start();
        return watch;
    }

    /** An independent store with the same objects, for dry runs. */
    public synchronized Store copy() {
        return new Store(clock, 1, contents(), ChangeLog.NONE);
    }

    /** The latest changes, for clients that resume a watch. */
    public History history() {
        return history;
    }

    private List<WatchEvent> existing(Set<ResourceType> types) {
        List<WatchEvent> existing = new ArrayList<>();
        for (ResourceType type : types) {
            for (ObjectNode object : of(type).values()) {
                long at = Long.parseLong(ObjectMeta.resourceVersion(object));
                existing.add(new WatchEvent(WatchEvent.Type.ADDED, type, at, object, null));
            }
        }
        existing.sort(Comparator.comparingLong(WatchEvent::revision));
        return existing;
    }

    private void put(ResourceType type, Key key, @Nullable ObjectNode previous, ObjectNode object) {
        stamp(object);
        WatchEvent.Type what = previous == null ? WatchEvent.Type.ADDED : WatchEvent.Type.MODIFIED;
        WatchEvent event = new WatchEvent(what, type, revision + 1, object, previous);
        keep(event);
        of(type).put(key, object);
        publish(event);
    }

    private ObjectNode drop(ResourceType type, Key key, ObjectNode current) {
        ObjectNode last = current.deepCopy();
        stamp(last);
        WatchEvent event =
                new WatchEvent(WatchEvent.Type.DELETED, type, revision + 1, last, current);
        keep(event);
        of(type).remove(key);
        publish(event);
        return last;
    }

    private void stamp(ObjectNode object) {
        ObjectMeta.of(object).put("resourceVersion", Long.toString(revision + 1));
    }

    private void keep(WatchEvent event) {
        try {
            log.record(event);
        } catch (IOException e) {
            throw new ApiException(
                    500, "InternalError", "the change cannot be kept on disk: " + e.getMessage());
        }
    }

    private void publish(WatchEvent event) {
        revision = event.revision();
        history.add(event);
        watches.forEach(watch -> watch.offer(event));
        if (log.full()) {
            log.compact(contents());
        }
    }

    private Contents contents() {
        Map<ResourceType, List<ObjectNode>> all = new EnumMap<>(ResourceType.class);
        objects.forEach((type, byKey) -> all.put(type, List.copyOf(byKey.values())));
        return new Contents(revision, all);
    }

    private Optional<ObjectNode> get(ResourceType type, ObjectNode object, String name) {
        return get(type, ObjectMeta.namespace(object), name);
    }

    private NavigableMap<Key, ObjectNode> of(ResourceType type) {
        return Objects.requireNonNull(objects.get(type));
    }

    private static Key key(ObjectNode object) {
        return new Key(ObjectMeta.namespace(object), ObjectMeta.name(object));
    }
}
