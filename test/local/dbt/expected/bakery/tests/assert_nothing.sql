select 1 as unrelated where false
