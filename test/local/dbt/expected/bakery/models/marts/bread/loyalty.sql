{{ config(materialized='view') }} select * from {{ ref('dim_customers', v=2) }} join {{ ref('fct_sales') }} using (id)
