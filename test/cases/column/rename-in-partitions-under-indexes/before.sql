create schema app;
create table app.log (id bigint primary key, source integer not null default 5, note text, constraint positive check (source > 0)) partition by hash (id);
create table app.log_0 partition of app.log for values with (modulus 2, remainder 0);
create table app.log_1 partition of app.log for values with (modulus 2, remainder 1);
create index log_0_source on app.log_0 (source);
create index log_1_source on app.log_1 (source);
create index log_source on app.log (source);
create unique index log_0_key on app.log_0 (source, id);
