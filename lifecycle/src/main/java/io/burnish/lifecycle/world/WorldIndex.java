package io.burnish.lifecycle.world;

import io.burnish.contracts.fact.ClientMountFact;
import io.burnish.contracts.fact.CopytoolFact;
import io.burnish.contracts.fact.CorosyncFact;
import io.burnish.contracts.fact.Fact;
import io.burnish.contracts.fact.FilesystemFact;
import io.burnish.contracts.fact.HostFact;
import io.burnish.contracts.fact.LnetFact;
import io.burnish.contracts.fact.NtpFact;
import io.burnish.contracts.fact.PacemakerFact;
import io.burnish.contracts.fact.StatefulFact;
import io.burnish.contracts.fact.TargetFact;
import io.burnish.contracts.model.ObjectRef;
import io.burnish.contracts.model.ObjectType;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** A world that is kept up to date fact by fact, with its relations indexed. Not safe for use by several threads. */
public final class WorldIndex implements World {

    private record OfHost(ObjectType type, long hostId) {}

    private record OfFilesystem(ObjectType type, long filesystemId) {}

    private final Map<ObjectRef, StatefulFact> facts = new HashMap<>();
    private final Map<ObjectType, TreeSet<ObjectRef>> byType = new EnumMap<>(ObjectType.class);
    private final Map<OfHost, TreeSet<ObjectRef>> byHost = new HashMap<>();
    private final Map<OfFilesystem, TreeSet<ObjectRef>> byFilesystem = new HashMap<>();
    private final Map<Long, TreeSet<ObjectRef>> byMgt = new HashMap<>();

    /** Takes over a snapshot if it is newer than the known one; one that says that the object is gone removes it. */
    public void apply(Fact fact) {
        if (!(fact instanceof StatefulFact stateful)) {
            return;
        }
        StatefulFact known = facts.get(fact.ref());
        if (known != null && known.version() > fact.version()) {
            return;
        }
        remove(fact.ref());
        if (!stateful.gone()) {
            facts.put(fact.ref(), stateful);
            byType.computeIfAbsent(fact.ref().type(), type -> new TreeSet<>()).add(fact.ref());
            index(stateful, true);
        }
    }

    /** Forgets an object. */
    public void remove(ObjectRef ref) {
        StatefulFact known = facts.remove(ref);
        if (known != null) {
            byType.get(ref.type()).remove(ref);
            index(known, false);
        }
    }

    /** Forgets everything. */
    public void clear() {
        facts.clear();
        byType.clear();
        byHost.clear();
        byFilesystem.clear();
        byMgt.clear();
    }

    private void index(StatefulFact fact, boolean add) {
        switch (fact) {
            case HostFact host -> {}
            case LnetFact lnet -> host(lnet, lnet.hostId(), add);
            case CorosyncFact corosync -> host(corosync, corosync.hostId(), add);
            case PacemakerFact pacemaker -> host(pacemaker, pacemaker.hostId(), add);
            case NtpFact ntp -> host(ntp, ntp.hostId(), add);
            case TargetFact target -> {
                target.mounts().forEach(mount -> host(target, mount.hostId(), add));
                if (target.filesystemId() != null) {
                    change(byFilesystem, new OfFilesystem(ObjectType.TARGET, target.filesystemId()), target, add);
                }
            }
            case FilesystemFact filesystem -> change(byMgt, filesystem.mgtId(), filesystem, add);
            case ClientMountFact mount -> {
                host(mount, mount.hostId(), add);
                change(byFilesystem, new OfFilesystem(ObjectType.CLIENT_MOUNT, mount.filesystemId()), mount, add);
            }
            case CopytoolFact copytool -> host(copytool, copytool.hostId(), add);
        }
    }

    private void host(StatefulFact fact, long hostId, boolean add) {
        change(byHost, new OfHost(fact.ref().type(), hostId), fact, add);
    }

    private static <K> void change(Map<K, TreeSet<ObjectRef>> index, K key, StatefulFact fact, boolean add) {
        if (add) {
            index.computeIfAbsent(key, k -> new TreeSet<>()).add(fact.ref());
        } else {
            TreeSet<ObjectRef> refs = index.get(key);
            if (refs != null && refs.remove(fact.ref()) && refs.isEmpty()) {
                index.remove(key);
            }
        }
    }

    @Override
    public Optional<StatefulFact> find(ObjectRef ref) {
        return Optional.ofNullable(facts.get(ref));
    }

    @Override
    public Collection<ObjectRef> known(ObjectType type) {
        return Collections.unmodifiableCollection(byType.getOrDefault(type, new TreeSet<>()));
    }

    @Override
    public List<ObjectRef> ofHost(ObjectType type, long hostId) {
        return list(byHost.get(new OfHost(type, hostId)));
    }

    @Override
    public List<ObjectRef> ofFilesystem(ObjectType type, long filesystemId) {
        return list(byFilesystem.get(new OfFilesystem(type, filesystemId)));
    }

    @Override
    public List<ObjectRef> ofMgt(long mgtId) {
        return list(byMgt.get(mgtId));
    }

    private static List<ObjectRef> list(TreeSet<ObjectRef> refs) {
        return refs == null ? List.of() : List.copyOf(refs);
    }
}
