-- Where the public turns when an owner did not agree to be reached; kept by the operator from then on.
insert into dinas_contact (name, links)
values ('Dinas Koperasi dan Usaha Mikro Kabupaten Blitar', '{https://www.blitarkab.go.id}')
    on conflict do nothing
