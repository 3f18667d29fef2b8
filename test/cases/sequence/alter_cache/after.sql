create schema app;
create sequence app.s cache 20;
