create schema app;
create sequence app.s maxvalue 1000;
