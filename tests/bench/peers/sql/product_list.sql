-- A page of a village's published products behind an id, with the maker's name.
select coalesce(json_agg(page), '[]')::text
  from (select p.*, u.name as umkm_name
          from products p
               join umkm u on u.id = p.umkm_id
         where p.village_code = $1
           and p.published
           and p.id > $2
         order by p.id
         limit $3) page
