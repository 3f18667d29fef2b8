create schema app;
create table app.t (a integer, b integer, constraint a_there not null a, constraint b_there not null b, primary key (a));
