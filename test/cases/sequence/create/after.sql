create schema app;
create sequence app.plain;
create sequence app.small as smallint start with 5 increment by 2 minvalue 3 maxvalue 99 cache 7 cycle;
create sequence app.down as integer increment by -1;
create sequence app.big maxvalue 9223372036854775806;
comment on sequence app.plain is 'plain';
