create schema app;
create table app."Order Lines" ("select" integer not null, "Total ""gross""" numeric, "user" text default 'x''y\z');
