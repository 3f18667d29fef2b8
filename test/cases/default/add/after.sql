create schema app;
create table app.t (a integer default 5, b text default 'it''s');
