create schema app;
create foreign data wrapper w;
-- schemactl: renamed_from a
create server b foreign data wrapper w;
create foreign table app.t (a integer) server b;
