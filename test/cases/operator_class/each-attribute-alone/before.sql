create schema app;
create operator class app.c_storage for type box using gist as operator 1 << (box, box), storage box;
create operator family app.c_type using gist;
create operator class app.c_type for type box using gist family app.c_type as storage point;
