-- Versions of a record that a later import replaced stay for a while, marked with that import: undoing it needs no row to move. 0: not replaced.
-- The held tables have the shape of their facts, so that partitions can be attached.
ALTER TABLE @region.call_leg ADD COLUMN IF NOT EXISTS replaced_by UInt32 DEFAULT 0;

ALTER TABLE @region.held_call_leg ADD COLUMN IF NOT EXISTS replaced_by UInt32 DEFAULT 0;

ALTER TABLE @region.media_quality ADD COLUMN IF NOT EXISTS replaced_by UInt32 DEFAULT 0;

ALTER TABLE @region.held_media_quality ADD COLUMN IF NOT EXISTS replaced_by UInt32 DEFAULT 0;

ALTER TABLE @region.call_queue_stat ADD COLUMN IF NOT EXISTS replaced_by UInt32 DEFAULT 0;

ALTER TABLE @region.held_call_queue_stat ADD COLUMN IF NOT EXISTS replaced_by UInt32 DEFAULT 0;

ALTER TABLE @region.call_queue_agent_stat ADD COLUMN IF NOT EXISTS replaced_by UInt32 DEFAULT 0;

ALTER TABLE @region.held_call_queue_agent_stat ADD COLUMN IF NOT EXISTS replaced_by UInt32 DEFAULT 0;

ALTER TABLE @region.auto_attendant_stat ADD COLUMN IF NOT EXISTS replaced_by UInt32 DEFAULT 0;

ALTER TABLE @region.held_auto_attendant_stat ADD COLUMN IF NOT EXISTS replaced_by UInt32 DEFAULT 0;

ALTER TABLE @region.hunt_group_stat ADD COLUMN IF NOT EXISTS replaced_by UInt32 DEFAULT 0;

ALTER TABLE @region.held_hunt_group_stat ADD COLUMN IF NOT EXISTS replaced_by UInt32 DEFAULT 0;

ALTER TABLE @region.phone_number ADD COLUMN IF NOT EXISTS replaced_by UInt32 DEFAULT 0;

ALTER TABLE @region.held_phone_number ADD COLUMN IF NOT EXISTS replaced_by UInt32 DEFAULT 0;

ALTER TABLE @region.device ADD COLUMN IF NOT EXISTS replaced_by UInt32 DEFAULT 0;

ALTER TABLE @region.held_device ADD COLUMN IF NOT EXISTS replaced_by UInt32 DEFAULT 0;
