create schema app;
create collation app.lc (provider = libc, lc_collate = 'C', lc_ctype = 'C');
create collation app.ct (provider = libc, lc_collate = 'C', lc_ctype = 'C');
