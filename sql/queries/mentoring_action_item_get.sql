-- One action item.
select r.*, r.version::text as _etag
  from mentoring_action_item i, mentoring_action_item_row(i) r
 where i.id = :id
   and i.deleted_at is null
