create schema app;
create function app.own_start(internal, integer) returns internal language internal immutable strict as 'prsd_start';
create function app.own_token(internal, internal, internal) returns internal language internal immutable strict as 'prsd_nexttoken';
create function app.own_end(internal) returns void language internal immutable strict as 'prsd_end';
create function app.own_types(internal) returns internal language internal immutable strict as 'prsd_lextype';
create text search parser app.p_start (start = prsd_start, gettoken = prsd_nexttoken, end = prsd_end, lextypes = prsd_lextype);
create text search parser app.p_token (start = prsd_start, gettoken = prsd_nexttoken, end = prsd_end, lextypes = prsd_lextype);
create text search parser app.p_end (start = prsd_start, gettoken = prsd_nexttoken, end = prsd_end, lextypes = prsd_lextype);
create text search parser app.p_types (start = prsd_start, gettoken = prsd_nexttoken, end = prsd_end, lextypes = prsd_lextype);
