package io.burnish.agent.journal;

import io.burnish.agent.Life;
import io.burnish.contracts.agent.ActionOutcome;
import io.burnish.contracts.model.ObjectRef;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The agent's memory of actions: what was accepted, how it ended, what the hub has stored. Invariants:
 *
 * <ul>
 *   <li>an action runs only after its acceptance is on the disk;
 *   <li>an outcome is sent only after it is on the disk;
 *   <li>an id that was ever accepted is known: its outcome is kept until the hub has stored it and for some time after, its id for
 *       much longer;
 *   <li>the newest fencing token per subject is never forgotten.
 * </ul>
 *
 * <p>Outcomes stay on the disk, only their place is in memory. Safe for use by several threads.
 */
public final class ActionJournal implements AutoCloseable {

    /** Acknowledged outcomes kept at least. */
    static final int KEPT_OUTCOMES = 256;

    /** Ids of older acknowledged actions kept. */
    static final int KEPT_IDS = 20_000;

    private static final long COMPACT_AT_BYTES = 8L << 20;

    private final JournalFile file;
    private final Life life;
    private final long compactAt;
    private final LinkedHashMap<String, Entry> entries = new LinkedHashMap<>();
    private final LinkedHashSet<String> forgotten = new LinkedHashSet<>();
    private final Map<ObjectRef, Long> fences = new HashMap<>();
    private long sizeAfterCompaction;

    /** Opens the journal in a directory, reading what an earlier life left there. */
    public ActionJournal(Path directory, boolean sync, Life life) throws IOException {
        this(directory, sync, life, COMPACT_AT_BYTES);
    }

    ActionJournal(Path directory, boolean sync, Life life, long compactAt) throws IOException {
        this.file = new JournalFile(directory.resolve("journal"), sync);
        this.life = life;
        this.compactAt = compactAt;
        file.load().forEach(located -> apply(located.record(), located.offset()));
        sizeAfterCompaction = 0;
    }

    /** What is known of an action. */
    public sealed interface Known {
        /** Accepted, not ended. */
        record Unfinished(JournalRecord.Accepted accepted) implements Known {}

        /** Ended; {@code toAct}: what remains after the answer is not yet done. */
        record Ended(ActionOutcome outcome, boolean acknowledged, boolean toAct) implements Known {}

        /** Ended and acknowledged long ago; the outcome is not kept. */
        record LongAgo() implements Known {}
    }

    /** What is known of an id; empty if it was never accepted. */
    public synchronized Optional<Known> find(String id) {
        Entry entry = entries.get(id);
        if (entry == null) {
            return forgotten.contains(id) ? Optional.of(new Known.LongAgo()) : Optional.empty();
        }
        if (!entry.ended()) {
            return Optional.of(new Known.Unfinished(entry.accepted));
        }
        return Optional.of(new Known.Ended(outcomeAt(entry.offset), entry.acknowledged, entry.toAct));
    }

    /** Notes that an action is going to be run. */
    public synchronized void accepted(JournalRecord.Accepted accepted) {
        append(accepted);
    }

    /** Notes the end of an action. */
    public synchronized void finished(String id, ActionOutcome outcome, boolean acts) {
        append(new JournalRecord.Finished(id, outcome, acts));
    }

    /** Notes that nothing remains to be done after the answer. */
    public synchronized void acted(String id) {
        append(new JournalRecord.Acted(id));
    }

    /** Notes that the hub has stored outcomes; unknown ids are ignored. */
    public synchronized void acknowledged(List<String> ids) {
        List<String> news = ids.stream()
                .filter(id -> entries.containsKey(id) && entries.get(id).ended() && !entries.get(id).acknowledged)
                .toList();
        if (!news.isEmpty()) {
            append(new JournalRecord.Acknowledged(news));
            compactIfLarge();
        }
    }

    /** Actions that have no outcome yet, oldest first. */
    public synchronized List<JournalRecord.Accepted> unfinished() {
        return entries.values().stream()
                .filter(entry -> !entry.ended())
                .map(entry -> entry.accepted)
                .toList();
    }

    /** Ids of outcomes that the hub has not stored, oldest first. */
    public synchronized List<String> unacknowledged() {
        return ids(entry -> entry.ended() && !entry.acknowledged);
    }

    /** Accepted actions whose outcome is recorded while something remains to be done after the answer. */
    public synchronized List<JournalRecord.Accepted> toAct() {
        return entries.values().stream()
                .filter(entry -> entry.toAct)
                .map(entry -> entry.accepted)
                .toList();
    }

    /** Newest fencing token seen for a subject; 0 if none. */
    public synchronized long newestToken(ObjectRef subject) {
        return fences.getOrDefault(subject, 0L);
    }

    @Override
    public synchronized void close() throws IOException {
        file.close();
    }

    private void append(JournalRecord record) {
        life.check();
        try {
            apply(record, file.append(record));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the action journal", e);
        }
    }

    private void apply(JournalRecord record, long offset) {
        switch (record) {
            case JournalRecord.Accepted accepted -> {
                // a repeated acceptance (an action with secrets that the hub sent again) does not lose the first
                entries.putIfAbsent(accepted.id(), new Entry(accepted));
                fence(accepted.subject(), accepted.fencingToken());
            }
            case JournalRecord.Finished finished -> {
                Entry entry = entries.computeIfAbsent(finished.id(), id -> new Entry(null));
                entry.offset = offset;
                entry.toAct = finished.acts();
            }
            case JournalRecord.Acted acted -> change(List.of(acted.id()), entry -> entry.toAct = false);
            case JournalRecord.Acknowledged acknowledged ->
                change(acknowledged.ids(), entry -> entry.acknowledged = true);
            case JournalRecord.Fence fence -> fence(fence.subject(), fence.token());
            case JournalRecord.Forgotten old -> forgotten.addAll(old.ids());
        }
    }

    private void change(Collection<String> ids, java.util.function.Consumer<Entry> change) {
        for (String id : ids) {
            Entry entry = entries.get(id);
            if (entry != null) {
                change.accept(entry);
            }
        }
    }

    private void fence(ObjectRef subject, long token) {
        if (subject != null) {
            fences.merge(subject, token, Math::max);
        }
    }

    private ActionOutcome outcomeAt(long offset) {
        try {
            return ((JournalRecord.Finished) file.read(offset)).outcome();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the action journal", e);
        }
    }

    private List<String> ids(java.util.function.Predicate<Entry> wanted) {
        List<String> ids = new ArrayList<>();
        entries.forEach((id, entry) -> {
            if (wanted.test(entry)) {
                ids.add(id);
            }
        });
        return ids;
    }

    private void compactIfLarge() {
        // growth since the last time, so that a journal full of what must be kept is not rewritten at every step
        if (file.size() - sizeAfterCompaction < compactAt) {
            return;
        }
        try {
            compact();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot compact the action journal", e);
        }
    }

    private void compact() throws IOException {
        List<String> done = ids(entry -> entry.ended() && entry.acknowledged && !entry.toAct);
        List<String> drop = done.subList(0, Math.max(0, done.size() - KEPT_OUTCOMES));
        forgotten.addAll(drop);
        while (forgotten.size() > KEPT_IDS) {
            forgotten.removeFirst();
        }
        drop.forEach(entries::remove);
        List<JournalRecord> records = new ArrayList<>();
        records.add(new JournalRecord.Forgotten(List.copyOf(forgotten)));
        fences.forEach((subject, token) -> records.add(new JournalRecord.Fence(subject, token)));
        for (Map.Entry<String, Entry> known : entries.entrySet()) {
            records.addAll(records(known.getKey(), known.getValue()));
        }
        file.replace(records);
        reload();
        sizeAfterCompaction = file.size();
    }

    private List<JournalRecord> records(String id, Entry entry) {
        List<JournalRecord> records = new ArrayList<>();
        if (entry.accepted != null) {
            records.add(entry.accepted);
        }
        if (entry.ended()) {
            records.add(new JournalRecord.Finished(id, outcomeAt(entry.offset), entry.toAct));
            if (entry.acknowledged) {
                records.add(new JournalRecord.Acknowledged(List.of(id)));
            }
        }
        return records;
    }

    private void reload() throws IOException {
        entries.clear();
        forgotten.clear();
        fences.clear();
        file.load().forEach(located -> apply(located.record(), located.offset()));
    }

    private static final class Entry {
        private static final long NOWHERE = -1;

        private final JournalRecord.Accepted accepted;
        private long offset = NOWHERE;
        private boolean acknowledged;
        private boolean toAct;

        Entry(JournalRecord.Accepted accepted) {
            this.accepted = accepted;
        }

        boolean ended() {
            return offset != NOWHERE;
        }
    }
}
