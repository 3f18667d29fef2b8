create schema app;
create access method m type index handler hashhandler;
