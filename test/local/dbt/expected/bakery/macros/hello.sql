{% macro hello(name='baker') %}{{ log('hello ' ~ name, info=true) }}{% endmacro %}
