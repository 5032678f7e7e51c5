-- The leading steps of a job that ended without success: a later job for the same purpose does not do them again.
ALTER TABLE job_run ADD COLUMN done_steps jsonb;
