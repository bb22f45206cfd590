# what functools.lru_cache tells; the decorators have rules in emit/
type CacheInfo = memo::CacheInfo
fn CacheInfo._asdict(self) -> dict[str, any] = { let i = {self}.clone(); Dict::from(vec![(Str::lit("hits"), Value::from(i.hits)), (Str::lit("misses"), Value::from(i.misses)), (Str::lit("maxsize"), i.maxsize.to_value()), (Str::lit("currsize"), Value::from(i.currsize))]) }  # uses: dict value convert
attr CacheInfo.hits -> int = .hits
attr CacheInfo.misses -> int = .misses
attr CacheInfo.maxsize -> opt[int] = .maxsize
attr CacheInfo.currsize -> int = .currsize
