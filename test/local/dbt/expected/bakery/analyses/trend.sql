select * from {{ ref('fct_sales') }}
