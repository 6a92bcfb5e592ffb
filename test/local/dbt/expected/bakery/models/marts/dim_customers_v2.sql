select * from {{ ref('stg_customers') }} join {{ ref('snap_customers') }} using (id)
