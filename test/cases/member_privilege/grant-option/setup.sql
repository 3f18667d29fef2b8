do $$ begin
  create role case_reader;
exception when duplicate_object then null;
end $$;
do $$ begin
  create role case_writer;
exception when duplicate_object then null;
end $$;
