"""How flows go (统计): what waits where and how long it takes."""
