-- The district's exports by year, HS chapter and country. Cells that would reveal one exporter are
-- suppressed.
  with page as (
       select t.year, t.hs_chapter, t.country_code, t.suppressed, t.exporters, t.shipments, t.quantity_kg::text,
              t.fob_idr::text, concat_ws('.', t.year, t.hs_chapter, t.country_code) as key
         from export_totals_public(:year::integer[]) t
        where (:hs_chapter is null or t.hs_chapter = any (:hs_chapter))
          and (:country_code is null or t.country_code = any (:country_code))
          and (:after_id is null or concat_ws('.', t.year, t.hs_chapter, t.country_code) < :after_id)
        order by key desc
        limit :limit)
select p.year, p.hs_chapter, p.country_code, p.suppressed, p.exporters, p.shipments, p.quantity_kg, p.fob_idr,
       null::bigint as _total, p.key as _key, p.key as _id
  from page p
