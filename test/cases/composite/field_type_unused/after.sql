create schema app;
create type app.point as (x bigint, y text collate "C");
