-- The cluster said that this server is its only known member.
ALTER TABLE corosync_configuration ADD COLUMN alone boolean NOT NULL DEFAULT false;
