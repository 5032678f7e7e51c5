package io.burnish.target.claim;

import io.burnish.contracts.ContractJson;
import io.burnish.contracts.ServiceName;
import io.burnish.contracts.call.TargetClaim;
import io.burnish.contracts.model.TargetKind;
import io.burnish.kit.api.ResourceReader;
import io.burnish.kit.sql.Tx;
import io.burnish.lifecycle.confparam.ConfParams;
import io.burnish.lifecycle.confparam.ParameterKind;
import io.burnish.target.target.Target;
import io.burnish.target.target.TargetResource;
import io.burnish.target.target.TargetStore;
import io.vertx.pgclient.PgException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Creates targets that nobody sees yet, and decides between two callers who want the same volume: a unique constraint does, so the
 * answer is right whatever the timing (design, section 1). Claims take turns besides: so the second of two callers can be told who was
 * first, and a request that is repeated while it still runs waits for itself.
 */
@ApplicationScoped
public class Claims {

    private static final String UNIQUE_VIOLATION = "23505";
    private static final String MGS_CONSTRAINT = "target_mount_mgs";
    /** Held until the end of the transaction. */
    private static final String TAKE_TURN = "SELECT pg_advisory_xact_lock(hashtext('target-claims'))";

    private final VolumeChoice volumes;
    private final TargetStore targets;
    private final TargetResource resource;
    private final ResourceReader reader;

    Claims(VolumeChoice volumes, TargetStore targets, TargetResource resource, ResourceReader reader) {
        this.volumes = volumes;
        this.targets = targets;
        this.resource = resource;
        this.reader = reader;
    }

    /**
     * Claims all volumes of a request or none; the same key again gives the same targets.
     *
     * @param owner the service that decides what becomes of the claim
     * @throws ClaimRefused with the field to report it at
     */
    public TargetClaim.Reply claim(Tx tx, TargetClaim claim, ServiceName owner) {
        takeTurn(tx);
        List<Target> present = ofKey(tx, claim.key());
        if (present.isEmpty()) {
            create(tx, claim, owner);
            present = ofKey(tx, claim.key());
        }
        return new TargetClaim.Reply(
                present.stream().map(Target::fact).toList(),
                present.stream()
                        .map(target -> reader.wire(tx, resource.resource(), target.id()))
                        .toList());
    }

    /** Waits until no other transaction gives volumes to targets; to be called first. */
    public static void takeTurn(Tx tx) {
        tx.query(TAKE_TURN);
    }

    /** Removed ones too: a request that is repeated after all that time creates nothing. */
    private List<Target> ofKey(Tx tx, String key) {
        return targets.where(tx, "claim_key = $1", key);
    }

    private void create(Tx tx, TargetClaim claim, ServiceName owner) {
        List<VolumeChoice.Chosen> chosen =
                Distribution.order(choose(tx, claim), VolumeChoice.Chosen::primaryHost, one -> one.wanted()
                        .root());
        int position = 0;
        for (VolumeChoice.Chosen one : chosen) {
            create(tx, claim, one, position++, owner);
        }
    }

    /**
     * Claims nothing, but refuses what could not be claimed.
     *
     * @throws ClaimRefused with all that is wrong
     */
    public void check(Tx tx, TargetClaim claim) {
        choose(tx, claim);
    }

    /** Finds the volumes of all targets, or says what is wrong with each. */
    private List<VolumeChoice.Chosen> choose(Tx tx, TargetClaim claim) {
        List<VolumeChoice.Chosen> chosen = new ArrayList<>();
        List<ClaimRefused> refusals = new ArrayList<>();
        Set<Long> seen = new HashSet<>();
        for (TargetClaim.Wanted wanted : claim.targets()) {
            try {
                refuseDouble(seen, wanted);
                chosen.add(volumes.choose(tx, wanted));
                refuseUsed(tx, wanted);
            } catch (ClaimRefused e) {
                refusals.add(e);
            }
        }
        if (!refusals.isEmpty()) {
            throw ClaimRefused.all(refusals);
        }
        return chosen;
    }

    private static void refuseDouble(Set<Long> seen, TargetClaim.Wanted wanted) {
        if (!seen.add(wanted.volumeId())) {
            throw ClaimRefused.volume(
                    ClaimRefused.Cause.VOLUME_TWICE,
                    wanted,
                    "Volume ID " + wanted.volumeId() + " specified for multiple targets!");
        }
    }

    private void create(Tx tx, TargetClaim claim, VolumeChoice.Chosen chosen, int position, ServiceName owner) {
        TargetClaim.Wanted wanted = chosen.wanted();
        Integer index = wanted.kind() == TargetKind.MGT ? null : nextIndex(tx, claim.filesystemId(), wanted.kind());
        String name = index == null
                ? "MGS"
                : "%s-%s%04x".formatted(claim.filesystemName(), wanted.kind().name(), index);
        boolean mgt = wanted.kind() == TargetKind.MGT;
        try {
            long id = tx.one(
                            """
                    INSERT INTO target (kind, name, filesystem_id, filesystem_name, target_index, inode_size, inode_count,
                        bytes_per_inode, reformat, volume_id, conf_params, claim_key, claim_position, claimed_by)
                    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11::text::jsonb, $12, $13, $14) RETURNING id""",
                            wanted.kind().name(),
                            name,
                            mgt ? null : claim.filesystemId(),
                            mgt ? null : claim.filesystemName(),
                            index,
                            wanted.inodeSize(),
                            wanted.inodeCount(),
                            wanted.bytesPerInode(),
                            wanted.reformat(),
                            wanted.volumeId(),
                            ContractJson.text((Object) parameters(wanted)),
                            claim.key(),
                            position,
                            owner.wire())
                    .getLong(0);
            mount(tx, id, name, chosen);
        } catch (PgException e) {
            throw clash(e, chosen);
        }
    }

    private static Map<String, String> parameters(TargetClaim.Wanted wanted) {
        return ParameterKind.of(wanted.kind())
                .filter(kind -> wanted.confParams() != null)
                .map(kind -> ConfParams.changed(kind, Map.of(), wanted.confParams()))
                .orElse(Map.of());
    }

    private static void refuseUsed(Tx tx, TargetClaim.Wanted wanted) {
        tx.first("SELECT name FROM target WHERE volume_id = $1 AND not_deleted", wanted.volumeId())
                .ifPresent(row -> {
                    throw inUse(wanted, "target " + row.getString(0));
                });
    }

    private static ClaimRefused inUse(TargetClaim.Wanted wanted, String by) {
        return ClaimRefused.volume(
                ClaimRefused.Cause.VOLUME_IN_USE,
                wanted,
                "Volume with ID %d is already in use by %s".formatted(wanted.volumeId(), by));
    }

    /** Somebody was faster. */
    private static RuntimeException clash(PgException e, VolumeChoice.Chosen chosen) {
        if (!UNIQUE_VIOLATION.equals(e.getSqlState())) {
            return e;
        }
        return MGS_CONSTRAINT.equals(e.getConstraint()) ? chosen.secondMgs() : inUse(chosen.wanted(), "another target");
    }

    private static int nextIndex(Tx tx, long filesystem, TargetKind kind) {
        return tx.one("""
                        INSERT INTO target_index AS i (filesystem_id, kind, next_index) VALUES ($1, $2, 1)
                        ON CONFLICT (filesystem_id, kind) DO UPDATE SET next_index = i.next_index + 1
                        RETURNING next_index - 1""", filesystem, kind.name()).getInteger(0);
    }

    private static void mount(Tx tx, long target, String name, VolumeChoice.Chosen chosen) {
        for (io.burnish.contracts.fact.VolumeFact.Node node : chosen.nodes()) {
            tx.update(
                    """
                    INSERT INTO target_mount (target_id, host_id, volume_node_id, path, mount_point, is_primary, live_mgs)
                    VALUES ($1, $2, $3, $4, $5, $6, $7)""",
                    target,
                    node.hostId(),
                    node.id(),
                    node.path(),
                    "/mnt/" + name,
                    node.primary(),
                    chosen.wanted().kind() == TargetKind.MGT ? Boolean.TRUE : null);
        }
    }

    /** The command exists: the targets become visible. Repetitions change nothing. */
    public void confirm(Tx tx, String key) {
        ofKey(tx, key).forEach(target -> targets.show(tx, target.id()));
    }

    /** There will be no command: the targets go without a trace. Visible ones stay. */
    public void release(Tx tx, String key) {
        tx.update("DELETE FROM target WHERE claim_key = $1 AND NOT visible", key);
    }
}
