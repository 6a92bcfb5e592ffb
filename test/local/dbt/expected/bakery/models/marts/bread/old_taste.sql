select * from {{ ref('dim_customers', v=1) }} join {{ ref('stock_levels') }} using (id)
