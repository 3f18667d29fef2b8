create schema app;
create unlogged sequence app.s;
create sequence app.u;
