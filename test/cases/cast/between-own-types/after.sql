create schema app;
create type app.small as range (subtype = smallint);
create type app.code as enum ('a');
create type app.other as enum ('a');
create cast (app.code as app.other) with inout as assignment;
