create schema app;
create table app.t (id integer primary key, note text) with (fillfactor = 80, toast.autovacuum_enabled = false);
create table app.lost (id integer primary key, note text) with (toast.autovacuum_enabled = false);
