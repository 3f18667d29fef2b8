create schema app;
create table app.t (a text) with (fillfactor = 80, toast.autovacuum_vacuum_threshold = 100);
