# statistics (of floats)
fn statistics.mean(data: iter[float]) -> float ! = statistics::mean(&{data})
fn statistics.fmean(data: iter[float]) -> float ! = statistics::fmean(&{data})
fn statistics.median(data: iter[float]) -> float ! = statistics::median(&{data})
fn statistics.median_low(data: iter[float]) -> float ! = statistics::median_low(&{data})
fn statistics.median_high(data: iter[float]) -> float ! = statistics::median_high(&{data})
fn statistics.mode(data: iter[T]) -> T ! = statistics::mode(&{data})
fn statistics.multimode(data: iter[T]) -> list[T] = List::from(statistics::multimode(&{data}))  # uses: list
fn statistics.stdev(data: iter[float], xbar: opt[float] = None) -> float ! = statistics::stdev(&{data}, {xbar})
fn statistics.pstdev(data: iter[float], mu: opt[float] = None) -> float ! = statistics::pstdev(&{data}, {mu})
fn statistics.variance(data: iter[float], xbar: opt[float] = None) -> float ! = statistics::variance(&{data}, {xbar})
fn statistics.pvariance(data: iter[float], mu: opt[float] = None) -> float ! = statistics::pvariance(&{data}, {mu})
fn statistics.geometric_mean(data: iter[float]) -> float ! = statistics::geometric_mean(&{data})
fn statistics.harmonic_mean(data: iter[float]) -> float ! = statistics::harmonic_mean(&{data})
fn statistics.quantiles(data: iter[float], n: int = 4) -> list[float] ! = statistics::quantiles(&{data}, {n}, false).map(List::from)  # uses: list
fn statistics.correlation(x: iter[float], y: iter[float]) -> float ! = statistics::correlation(&{x}, &{y})
fn statistics.covariance(x: iter[float], y: iter[float]) -> float ! = statistics::covariance(&{x}, &{y})
attr exceptions.statistics.StatisticsError -> any = statistics::StatisticsError
