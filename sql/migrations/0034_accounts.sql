-- The scope of a feed that does not exist yet is granted to nobody. The keys of other systems are
-- unique for each system.

-- An account that held no other scope is disabled until the administrator gives it one.
update service_account
   set disabled_at = coalesce(disabled_at, now()), scopes = '{register:read}'
 where scopes = '{changes:read}';
update service_account set scopes = array_remove(scopes, 'changes:read') where 'changes:read' = any (scopes);

alter table service_account
  drop constraint service_account_scopes__enum,
  add constraint service_account_scopes__enum
      check (cardinality(scopes) > 0
             and scopes <@ array['register:read', 'register:write', 'production:write', 'exports:write', 'reports:read']);

-- `source` is the client id of a system. People share the sources `manual` and `import`, so their
-- references may repeat.
create unique index umkm_external_reference__unique on umkm (source, external_reference)
 where deleted_at is null and source not in ('manual', 'import', 'sample');
