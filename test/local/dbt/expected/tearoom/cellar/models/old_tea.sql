select * from {{ ref('cellar', 'tea') }}
