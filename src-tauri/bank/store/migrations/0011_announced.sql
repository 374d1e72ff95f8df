-- Few rows: what has no booking day and a status that nobody knows, which a booked row may follow.
CREATE INDEX entry_announced ON entry (account) WHERE status = 'unknown' AND booked_day IS NULL;
