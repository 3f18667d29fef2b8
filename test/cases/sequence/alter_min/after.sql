create schema app;
create sequence app.s minvalue -5;
