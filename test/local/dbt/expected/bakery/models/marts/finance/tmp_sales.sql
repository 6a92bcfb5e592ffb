{{ config(group='finance', access='private', tags='hourly') }} select * from {{ ref('fct_sales') }}
