-- The market that a product has reached. The functions that generated columns need are in the
-- migrations.

-- market_reach() on a day. The steps come in the order of their levels, the farthest first.
create function market_reach_on(p product, day date) returns text
language sql stable as $$
  select case
           when p.market_reached_on is null or p.market_reached_on <= day then p.market_reach
           else (select s.level from market_steps_effective(p.market_steps) s where s.reached_on <= day limit 1)
         end
$$;

-- The rules of the steps are separate, because most products are written without steps.
create function violations(steps market_step[]) returns jsonb
language plpgsql stable as $$
begin
  return (
    select jsonb_agg(jsonb_build_object('pointer', rule.pointer, 'code', rule.code))
      from (values
        -- The steps of exports are not counted, so that this limit never refuses an export.
        ('/market_steps', 'range', (select count(*) from unnest(steps) s where s.export_id is null) > 100),
        ('/reached_on', 'future', exists (select from unnest(steps) s where s.reached_on > today())),
        -- A reversal names a step of the same level that is no reversal itself. Both belong to the
        -- same export, or to none.
        ('/reverses', 'exists', exists (select
                                          from unnest(steps) r
                                               left join unnest(steps) s
                                                 on s.id = r.reverses and s.reverses is null and s.level = r.level
                                                    and s.export_id is not distinct from r.export_id
                                         where r.reverses is not null
                                           and s.id is null)),
        ('/reverses', 'unique', exists (select from unnest(steps) r where r.reverses is not null
                                         group by r.reverses having count(*) > 1))
      ) as rule (pointer, code, broken)
     where rule.broken);
end
$$;

grant execute on function
  market_reach_on(product, date), violations(market_step[])
  to ovop_api;
