-- Corosync of the generation before pcs: no server that can be managed runs it (ADR 15).
ALTER TABLE server_profile ADD CONSTRAINT corosync_of_pcs CHECK (NOT corosync);
