{{ config(tags=['daily','finance'], group='finance', access='protected') }} select * from {{ ref('fct_sales') }}
