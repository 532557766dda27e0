-- Where things are.
select '[]'::json as rows
