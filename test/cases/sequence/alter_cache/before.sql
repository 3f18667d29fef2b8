create schema app;
create sequence app.s;
