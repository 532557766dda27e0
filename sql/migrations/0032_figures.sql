-- In the public totals, an exporter without NIB has an empty one: all of them count as one.
-- export_totals_renew() then computes every row again.
alter table export_total rename column business to nib;

-- A kept report holds what its keeper asked for, down to one business. So only systems that may read
-- the register see it.
call business_policy('report_snapshot', 'system', 'select',
                     '(select claim_scope(''reports:read'')'
                     '        and (claim_scope(''register:read'') or claim_scope(''register:write'')))'
                     ' and (select claim_district())');
