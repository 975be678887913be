"""The four-fours standard as data: editions, their wholeness, and the rules that read them."""
