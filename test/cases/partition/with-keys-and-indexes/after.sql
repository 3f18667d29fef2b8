create schema app;
create table app.p (id bigint, at date, note text, primary key (id, at)) partition by range (at);
create index p_note on app.p (note);
create table app.p1 partition of app.p for values from ('2024-01-01') to ('2025-01-01');
