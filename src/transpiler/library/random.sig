# random. `Random` is the generator; the module's functions use a shared one.
type Random = random::Random
class random.Random(seed: any = None) -> Random ! = random::seeded(&{seed})
fn random.seed(a: any = None) -> none ! = random::shared().seed_value(&{a})
fn random.random() -> float = random::shared().random()
fn random.randint(a: int, b: int) -> int ! = random::shared().randint({a}, {b})
fn random.randrange(start: int, stop: opt[int] = None, step: int = 1) -> int ! = random::shared().randrange({start}, {stop}, {step})
fn random.uniform(a: float, b: float) -> float = random::shared().uniform({a}, {b})  # uses: random_distributions
fn random.gauss(mu: float = 0.0, sigma: float = 1.0) -> float = random::shared().gauss({mu}, {sigma})  # uses: random_distributions
fn random.normalvariate(mu: float = 0.0, sigma: float = 1.0) -> float = random::shared().normalvariate({mu}, {sigma})  # uses: random_distributions
fn random.lognormvariate(mu: float, sigma: float) -> float = random::shared().lognormvariate({mu}, {sigma})  # uses: random_distributions
fn random.expovariate(lambd: float) -> float ! = random::shared().expovariate({lambd})  # uses: random_distributions
fn random.triangular(low: float = 0.0, high: float = 1.0, mode: opt[float] = None) -> float = random::shared().triangular({low}, {high}, {mode})  # uses: random_distributions
fn random.vonmisesvariate(mu: float, kappa: float) -> float = random::shared().vonmisesvariate({mu}, {kappa})  # uses: random_distributions
fn random.gammavariate(alpha: float, beta: float) -> float ! = random::shared().gammavariate({alpha}, {beta})  # uses: random_distributions
fn random.betavariate(alpha: float, beta: float) -> float ! = random::shared().betavariate({alpha}, {beta})  # uses: random_distributions
fn random.paretovariate(alpha: float) -> float = random::shared().paretovariate({alpha})  # uses: random_distributions
fn random.weibullvariate(alpha: float, beta: float) -> float = random::shared().weibullvariate({alpha}, {beta})  # uses: random_distributions
fn random.choice(seq: iter[T]) -> T ! = random::shared().choice(&{seq})
fn random.choices(population: iter[T], weights: opt[iter[float]] = None, cum_weights: opt[iter[float]] = None, k: int = 1) -> list[T] ! = random::shared().choices_py(&{population}, random::weights({weights}), random::weights({cum_weights}), {k}).map(List::from)  # uses: list
fn random.sample(population: iter[T], k: int) -> list[T] ! = random::shared().sample(&{population}, {k}).map(List::from)  # uses: list
fn random.shuffle(x: &list[T]) -> none = random::shared().shuffle(&mut ({x}).borrow_mut())  # uses: list
fn random.getrandbits(k: int) -> int ! = random::shared().getrandbits({k}).and_then(|i| i.index())
fn random.randbytes(n: int) -> bytes ! = random::shared().randbytes({n})
type RandomState = random::State
fn random.getstate() -> RandomState = random::shared().getstate()
fn random.setstate(state: &RandomState) -> none = random::shared().setstate({state})
fn Random.seed(self, a: any = None) -> none ! = {self}.seed_value(&{a})
fn Random.random(self) -> float = .random
fn Random.randint(self, a: int, b: int) -> int ! = .randint
fn Random.randrange(self, start: int, stop: opt[int] = None, step: int = 1) -> int ! = .randrange
fn Random.uniform(self, a: float, b: float) -> float = .uniform  # uses: random_distributions
fn Random.gauss(self, mu: float = 0.0, sigma: float = 1.0) -> float = .gauss  # uses: random_distributions
fn Random.normalvariate(self, mu: float = 0.0, sigma: float = 1.0) -> float = .normalvariate  # uses: random_distributions
fn Random.expovariate(self, lambd: float) -> float ! = .expovariate  # uses: random_distributions
fn Random.choice(self, seq: iter[T]) -> T ! = {self}.choice(&{seq})
fn Random.choices(self, population: iter[T], weights: opt[iter[float]] = None, cum_weights: opt[iter[float]] = None, k: int = 1) -> list[T] ! = {self}.choices_py(&{population}, random::weights({weights}), random::weights({cum_weights}), {k}).map(List::from)  # uses: list
fn Random.sample(self, population: iter[T], k: int) -> list[T] ! = {self}.sample(&{population}, {k}).map(List::from)  # uses: list
fn Random.shuffle(self, x: &list[T]) -> none = {self}.shuffle(&mut ({x}).borrow_mut())  # uses: list
fn Random.getrandbits(self, k: int) -> int ! = {self}.getrandbits({k}).and_then(|i| i.index())
fn Random.lognormvariate(self, mu: float, sigma: float) -> float = {self}.lognormvariate({mu}, {sigma})  # uses: random_distributions
fn Random.triangular(self, low: float = 0.0, high: float = 1.0, mode: opt[float] = None) -> float = {self}.triangular({low}, {high}, {mode})  # uses: random_distributions
fn Random.vonmisesvariate(self, mu: float, kappa: float) -> float = {self}.vonmisesvariate({mu}, {kappa})  # uses: random_distributions
fn Random.gammavariate(self, alpha: float, beta: float) -> float ! = {self}.gammavariate({alpha}, {beta})  # uses: random_distributions
fn Random.betavariate(self, alpha: float, beta: float) -> float ! = {self}.betavariate({alpha}, {beta})  # uses: random_distributions
fn Random.paretovariate(self, alpha: float) -> float = {self}.paretovariate({alpha})  # uses: random_distributions
fn Random.weibullvariate(self, alpha: float, beta: float) -> float = {self}.weibullvariate({alpha}, {beta})  # uses: random_distributions
fn Random.randbytes(self, n: int) -> bytes ! = {self}.randbytes({n})
fn Random.getstate(self) -> RandomState = {self}.getstate()
fn Random.setstate(self, state: &RandomState) -> none = {self}.setstate({state})
class random.SystemRandom() -> Random = random::Random::new()
