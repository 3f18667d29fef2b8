create schema app;
create function app.out_of(internal) returns internal language internal immutable strict as 'prsd_lextype';
create transform for bigint language sql (from sql with function app.out_of(internal));
