select * from {{ ref('fct_sales') }} join {{ ref('currencies') }} using (id)
