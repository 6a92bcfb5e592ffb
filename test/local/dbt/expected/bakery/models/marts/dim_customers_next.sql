select * from {{ ref('stg_customers') }} where 1=1
