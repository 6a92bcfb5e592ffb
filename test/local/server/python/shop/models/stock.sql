{%- if env_var('SHOP_BREAKS', '') == model.name %} select nothing from {{ ref('flours') }}
{%- elif env_var('SHOP_DAWDLES', '') == model.name %}
select f.id, f.flour from {{ ref('flours') }} f
where (select count(*) from table(generator(rowcount => 30000)) a, table(generator(rowcount => 30000)) b) > 0
{%- else %} select id, flour from {{ ref('flours') }}
{%- endif %}
