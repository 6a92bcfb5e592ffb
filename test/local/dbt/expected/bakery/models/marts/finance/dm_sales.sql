{{ config(schema='reporting') }} select * from {{ ref('fct_sales') }} join {{ ref('snap_customers') }} using (id)
