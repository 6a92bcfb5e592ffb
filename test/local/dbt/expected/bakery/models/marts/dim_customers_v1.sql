{{ config(access='protected') }} select * from {{ ref('stg_customers') }}
