create schema app;
create sequence app.s increment by -1 minvalue -100 maxvalue 100 start with 1;
