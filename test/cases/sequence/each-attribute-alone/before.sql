create schema app;
create sequence app.s_type as integer maxvalue 1000;
create sequence app.s_min minvalue 1 start 50;
