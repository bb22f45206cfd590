# statistics (of floats)
fn statistics.mean(data: iter[float]) -> float ! = statistics::mean(&{data})
fn statistics.mean(data: iter[any]) -> any ! = statistics_ints::mean(&{data})
fn statistics.fmean(data: iter[float], weights: iter[float]) -> float ! = statistics::fmean_weighted(&{data}, &{weights})
fn statistics.fmean(data: iter[float]) -> float ! = statistics::fmean(&{data})
fn statistics.median(data: iter[float]) -> float ! = statistics::median(&{data})
fn statistics.median(data: iter[any]) -> any ! = statistics_ints::median(&{data})
fn statistics.median_low(data: iter[float]) -> float ! = statistics::median_low(&{data})
fn statistics.median_low(data: iter[any]) -> any ! = statistics_ints::median_low(&{data})
fn statistics.median_high(data: iter[float]) -> float ! = statistics::median_high(&{data})
fn statistics.median_high(data: iter[any]) -> any ! = statistics_ints::median_high(&{data})
fn statistics.mode(data: iter[T]) -> T ! = statistics::mode(&{data})
fn statistics.multimode(data: iter[T]) -> list[T] = List::from(statistics::multimode(&{data}))  # uses: list
fn statistics.stdev(data: iter[float], xbar: opt[float] = None) -> float ! = statistics::stdev(&{data}, {xbar})
fn statistics.pstdev(data: iter[float], mu: opt[float] = None) -> float ! = statistics::pstdev(&{data}, {mu})
fn statistics.variance(data: iter[float], xbar: opt[float] = None) -> float ! = statistics::variance(&{data}, {xbar})
fn statistics.variance(data: iter[any], xbar: any = None) -> any ! = statistics_ints::variance(&{data}, &{xbar})
fn statistics.pvariance(data: iter[float], mu: opt[float] = None) -> float ! = statistics::pvariance(&{data}, {mu})
fn statistics.pvariance(data: iter[any], mu: any = None) -> any ! = statistics_ints::pvariance(&{data}, &{mu})
fn statistics.geometric_mean(data: iter[float]) -> float ! = statistics::geometric_mean(&{data})
fn statistics.harmonic_mean(data: iter[float]) -> float ! = statistics::harmonic_mean(&{data})
fn statistics.quantiles(data: iter[float], n: int = 4, method: &str = 'exclusive') -> list[float] ! = statistics::quantiles(&{data}, {n}, ({method}).as_str() == "inclusive").map(List::from)  # uses: list
fn statistics.correlation(x: iter[float], y: iter[float]) -> float ! = statistics::correlation(&{x}, &{y})
fn statistics.covariance(x: iter[float], y: iter[float]) -> float ! = statistics::covariance(&{x}, &{y})
attr exceptions.statistics.StatisticsError -> any = statistics::StatisticsError
fn statistics.median_grouped(data: iter[float], interval: float = 1.0) -> float ! = normal_dist::median_grouped(&{data}, {interval})
type LinearRegression = normal_dist::LinearRegression
fn statistics.linear_regression(x: iter[float], y: iter[float]) -> LinearRegression ! = statistics::linear_regression(&{x}, &{y}).map(normal_dist::LinearRegression::of)
attr LinearRegression.slope -> float = .slope
attr LinearRegression.intercept -> float = .intercept
fn LinearRegression.__getitem__(self, index: int) -> float ! = .item
iter LinearRegression -> float = {self}.items()
type NormalDist = normal_dist::NormalDist
class statistics.NormalDist(mu: float = 0.0, sigma: float = 1.0) -> NormalDist ! = normal_dist::NormalDist::new
fn statistics.NormalDist.from_samples(data: iter[float]) -> NormalDist ! = normal_dist::NormalDist::from_samples(&{data})
attr NormalDist.mean -> float = .mu
attr NormalDist.median -> float = .mu
attr NormalDist.mode -> float = .mu
attr NormalDist.stdev -> float = .sigma
attr NormalDist.variance -> float = .variance()
fn NormalDist.pdf(self, x: float) -> float ! = .pdf
fn NormalDist.cdf(self, x: float) -> float ! = .cdf
fn NormalDist.inv_cdf(self, p: float) -> float ! = .inv_cdf
fn NormalDist.zscore(self, x: float) -> float ! = .zscore
fn NormalDist.overlap(self, other: &NormalDist) -> float ! = .overlap
fn NormalDist.quantiles(self, n: int = 4) -> list[float] ! = {self}.quantiles({n}).map(List::from)  # uses: list
fn NormalDist.samples(self, n: int, seed: any = None) -> list[float] ! = {self}.samples({n}, &{seed}).map(List::from)  # uses: list
op NormalDist + NormalDist -> NormalDist = {0}.add(&{1})
op NormalDist - NormalDist -> NormalDist = {0}.sub(&{1})
op NormalDist + float -> NormalDist = {0}.shift({1})
op NormalDist - float -> NormalDist = {0}.shift(-{1})
op NormalDist * float -> NormalDist = {0}.scale({1})
op NormalDist / float -> NormalDist = {0}.scale(1.0 / {1})
op NormalDist + int -> NormalDist = {0}.shift({1} as f64)
op NormalDist * int -> NormalDist = {0}.scale({1} as f64)
