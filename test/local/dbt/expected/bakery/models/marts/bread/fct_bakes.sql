{{ config(tags='iot', materialized='view') }} select * from {{ ref('stg_readings') }}
