select * from {{ ref('table') }}
