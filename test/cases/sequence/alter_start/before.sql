create schema app;
create sequence app.s start with 1;
