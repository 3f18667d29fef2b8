create schema app;
create sequence app.s_type as smallint maxvalue 1000;
create sequence app.s_min minvalue 5 start 50;
