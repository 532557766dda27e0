-- Change requests: a verified or published record keeps its values until a change is verified.

-- The last change request of a record, a column in the record's own row. So a record has at most
-- one. The record's version covers it, and the record's policies decide who reads and writes it.
create type change_request as (
  id           uuid,
  status       text,   -- open, verified, rejected, withdrawn
  patch        jsonb,  -- member -> requested value
  note         text,
  requested_at timestamptz(3),
  requested_by uuid,
  decided_at   timestamptz(3),
  decided_by   uuid
);
