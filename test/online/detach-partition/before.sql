create schema app;
create schema elsewhere;
create table app.events (id bigint not null, kind text, payload text, primary key (id)) partition by range (id);
create table app.events_low partition of app.events for values from (minvalue) to (100000000);
create table app.archive partition of app.events for values from (100000000) to (maxvalue);
