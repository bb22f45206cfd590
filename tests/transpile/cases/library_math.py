import math
import statistics


def main():
    print(math.pi, math.e, math.tau, math.inf, -math.inf, math.nan)
    print(math.sqrt(2), math.isqrt(17), math.hypot(3, 4), math.hypot(1, 2, 3), math.dist([1, 2], [4, 6]))
    print(math.floor(-1.5), math.ceil(1.2), math.trunc(-1.7), math.fabs(-3), math.fmod(-7, 3), math.modf(3.25), math.frexp(10), math.ldexp(0.5, 4))
    print(math.gcd(12, 18), math.gcd(12, 18, 27), math.lcm(4, 6), math.factorial(10), math.comb(10, 3), math.perm(5, 2), math.perm(4))
    print(math.log(10), math.log(8, 2), math.log2(8), math.log10(1000), math.log1p(0.5), math.exp(1), math.expm1(1e-5), math.exp2(3))
    print(math.sin(1), math.cos(1), math.tan(1), math.asin(0.5), math.acos(0.5), math.atan(1), math.atan2(1, -1), math.degrees(math.pi), math.radians(180))
    print(math.sinh(1), math.cosh(1), math.tanh(1), math.asinh(1), math.acosh(2), math.atanh(0.5))
    print(math.isclose(0.1 + 0.2, 0.3), math.isclose(1, 1.1, rel_tol=0.2), math.isfinite(1), math.isinf(math.inf), math.isnan(math.nan))
    print(math.prod([1, 2, 3, 4]), math.prod([1.5, 2]), math.prod([]), math.prod([2, 3], start=10), math.fsum([0.1] * 10), sum([0.1] * 10))
    print(math.copysign(1, -0.0), math.nextafter(1.0, 2.0), math.ulp(1.0), math.remainder(7, 3), math.erf(0.5), math.erfc(0.5), math.gamma(5), math.pow(2, 10))
    for f, x in [(math.sqrt, -1), (math.log, 0), (math.acos, 2), (math.factorial, -1), (math.exp, 1000)]:
        try:
            print(f(x))
        except (ValueError, OverflowError) as e:
            print(type(e).__name__, e)
    data = [2, 4, 4, 4, 5, 5, 7, 9]
    print(statistics.mean(data), statistics.median(data), statistics.mode(data), statistics.stdev(data), statistics.pstdev(data), statistics.variance(data), statistics.pvariance(data))
    print(statistics.mean([1, 2]), statistics.mean([1, 3]), statistics.median([1, 3, 5]), statistics.median([1.5, 2.5]), statistics.fmean(data), statistics.geometric_mean([1, 4, 16]), statistics.harmonic_mean([40, 60]))
    print(statistics.quantiles(data, n=4), statistics.quantiles(data, n=10, method="inclusive"), statistics.multimode("aabbc"), statistics.median_low(data), statistics.median_high(data), statistics.median_grouped([52, 52, 53, 54]))
    x, y = [1, 2, 3, 4, 5], [2.1, 3.9, 6.2, 7.8, 10.1]
    print(statistics.correlation(x, y), statistics.covariance(x, y), statistics.linear_regression(x, y))
    slope, intercept = statistics.linear_regression(x, y)
    print(round(slope, 4), round(intercept, 4))
    nd = statistics.NormalDist(100, 15)
    print(nd, nd.mean, nd.stdev, nd.pdf(100), nd.cdf(130), nd.inv_cdf(0.975), nd.zscore(130))
    try:
        statistics.mean([])
    except statistics.StatisticsError as e:
        print("StatisticsError:", e)


main()
