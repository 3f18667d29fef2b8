create schema app;
create subscription s_publications connection 'host=a.invalid dbname=x' publication news with (connect = false, slot_name = none, enabled = false);
create subscription s_commit connection 'host=a.invalid dbname=x' publication news with (connect = false, slot_name = none, enabled = false);
create subscription s_binary connection 'host=a.invalid dbname=x' publication news with (connect = false, slot_name = none, enabled = false);
create subscription s_streaming connection 'host=a.invalid dbname=x' publication news with (connect = false, slot_name = none, enabled = false);
