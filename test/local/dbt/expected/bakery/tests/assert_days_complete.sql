{{ config(severity='warn', tags=['nightly']) }} select * from {{ ref('agg_sales_daily') }}
