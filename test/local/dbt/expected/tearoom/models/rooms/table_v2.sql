select * from {{ ref('tearoom', 'tea') }}
