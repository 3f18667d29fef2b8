create schema app;
create table app.t (body text);
