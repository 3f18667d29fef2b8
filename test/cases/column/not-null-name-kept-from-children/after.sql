create schema app;
create table app.t (a integer constraint present not null no inherit);
create table app.u () inherits (app.t);
