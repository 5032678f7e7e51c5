-- Old commands go with all that is theirs; what points at them from outside forgets them.
ALTER TABLE command_key DROP CONSTRAINT command_key_command_id_fkey,
    ADD FOREIGN KEY (command_id) REFERENCES command ON DELETE CASCADE;
ALTER TABLE command_job DROP CONSTRAINT command_job_command_id_fkey, DROP CONSTRAINT command_job_job_id_fkey,
    ADD FOREIGN KEY (command_id) REFERENCES command ON DELETE CASCADE,
    ADD FOREIGN KEY (job_id) REFERENCES job ON DELETE CASCADE;
ALTER TABLE plan DROP CONSTRAINT plan_command_id_fkey,
    ADD FOREIGN KEY (command_id) REFERENCES command ON DELETE SET NULL;
ALTER TABLE job_edge DROP CONSTRAINT job_edge_before_id_fkey, DROP CONSTRAINT job_edge_after_id_fkey,
    ADD FOREIGN KEY (before_id) REFERENCES job ON DELETE CASCADE,
    ADD FOREIGN KEY (after_id) REFERENCES job ON DELETE CASCADE;
ALTER TABLE job_lock DROP CONSTRAINT job_lock_job_id_fkey,
    ADD FOREIGN KEY (job_id) REFERENCES job ON DELETE CASCADE;
ALTER TABLE step DROP CONSTRAINT step_job_id_fkey,
    ADD FOREIGN KEY (job_id) REFERENCES job ON DELETE CASCADE;
ALTER TABLE job DROP CONSTRAINT job_resumes_fkey,
    ADD FOREIGN KEY (resumes) REFERENCES job ON DELETE SET NULL;
-- Every cascade finds its rows by index.
CREATE INDEX command_key_command ON command_key (command_id);
CREATE INDEX plan_command ON plan (command_id) WHERE command_id IS NOT NULL;
CREATE INDEX plan_created ON plan (created_at);
CREATE INDEX job_resumes ON job (resumes) WHERE resumes IS NOT NULL;
CREATE INDEX command_finished ON command (finished_at) WHERE complete;
