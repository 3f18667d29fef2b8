create schema app;
create table app.t (a integer, b text[] default '{}', c text collate "C" default 'q', d character varying(20)[]);
