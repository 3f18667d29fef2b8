create schema app;

