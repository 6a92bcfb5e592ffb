{{ config(materialized='view') }} select * from {{ ref('stock') }} where id > 0
