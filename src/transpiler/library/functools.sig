# what functools.lru_cache tells; the decorators have rules in emit/
type CacheInfo = memo::CacheInfo
attr CacheInfo.hits -> int = .hits
attr CacheInfo.misses -> int = .misses
attr CacheInfo.maxsize -> opt[int] = .maxsize
attr CacheInfo.currsize -> int = .currsize
