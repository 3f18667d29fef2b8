create schema app;
create schema elsewhere;
create table app.events (id bigint not null, part smallint not null default 1, kind text, payload text, primary key (id, part)) partition by range (id, part);
create table app.events_low partition of app.events default;
create table app.archive partition of app.events for values from (100000000, 0) to (maxvalue, maxvalue);
