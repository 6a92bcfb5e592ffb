select * from {{ ref('table', v=1) }}
