create schema app;
create foreign data wrapper w;
create server s foreign data wrapper w;
-- schemactl: renamed_from t
create foreign table app.u (a integer default 1, constraint t_a_check check (a > 0)) server s;
create view app.v as select a from app.u;
