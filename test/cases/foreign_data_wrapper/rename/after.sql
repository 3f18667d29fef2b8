create schema app;
-- schemactl: renamed_from w
create foreign data wrapper x;
create server s foreign data wrapper x;
