select 1 as id, 'flour' as ingredient
