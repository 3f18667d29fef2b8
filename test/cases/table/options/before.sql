create schema app;
create table app.t (a text) with (fillfactor = 70, autovacuum_enabled = false);
