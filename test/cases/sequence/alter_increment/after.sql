create schema app;
create sequence app.s increment by 10;
