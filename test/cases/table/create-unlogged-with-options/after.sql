create schema app;
create unlogged table app.cache (key text not null, value bytea) with (autovacuum_enabled = false, fillfactor = 70, toast.autovacuum_enabled = false);
