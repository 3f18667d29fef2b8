create schema app;
create sequence app.s;
create unlogged sequence app.u;
