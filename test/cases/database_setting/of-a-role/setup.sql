do $$ begin
  create role case_reader;
exception when duplicate_object then null;
end $$;
