# itertools, functools.reduce, heapq, bisect, operator
fn itertools.cycle(items: iter[T]) -> iter[T] = glue::PyIter::new(itertools::cycle({items}.into_iter().collect()))
fn itertools.combinations(items: iter[T], r: int) -> list[many[T]] = List::from(itertools::combinations(&{items}, {r}).into_iter().map(tuple::Tuple::from).collect::<Vec<_>>())  # uses: list
fn itertools.combinations_with_replacement(items: iter[T], r: int) -> list[many[T]] = List::from(itertools::combinations_with_replacement(&{items}, {r}).into_iter().map(tuple::Tuple::from).collect::<Vec<_>>())  # uses: list
fn itertools.permutations(items: iter[T], r: opt[int] = None) -> list[many[T]] = List::from(itertools::permutations(&{items}, {r}).into_iter().map(tuple::Tuple::from).collect::<Vec<_>>())  # uses: list
fn itertools.chain(*inputs: list[T]) -> list[T] = {inputs}.iter().flatten().collect::<List<_>>()  # uses: list
fn itertools.chain.from_iterable(inputs: iter[list[T]]) -> list[T] = {inputs}.iter().flatten().collect::<List<_>>()  # uses: list
fn itertools.pairwise(items: iter[T]) -> list[tuple[T, T]] = List::from(itertools::pairwise(&{items}))  # uses: list
fn itertools.takewhile(predicate: func[&T->bool], items: iterator[T]) -> list[T] ! = itertools_more::takewhile(&{items}, {predicate}).map(List::from)  # uses: list
fn itertools.takewhile(predicate: func[&T->bool], items: iter[T]) -> list[T] ! = itertools::takewhile({items}, {predicate}).map(List::from)  # uses: list
fn itertools.dropwhile(predicate: func[&T->bool], items: iter[T]) -> list[T] ! = itertools::dropwhile({items}, {predicate}).map(List::from)  # uses: list
fn itertools.filterfalse(predicate: func[&T->bool], items: iter[T]) -> list[T] ! = itertools::filterfalse({items}, {predicate}).map(List::from)  # uses: list
fn heapq.heappush(heap: &list[T], item: T) -> none ! = sequences::heappush({heap}, {item})
fn heapq.heappop(heap: &list[T]) -> T ! = sequences::heappop({heap})
fn heapq.heapify(heap: &list[T]) -> none ! = sequences::heapify({heap})
fn heapq.heapreplace(heap: &list[T], item: T) -> T ! = sequences::heapreplace({heap}, {item})
fn heapq.heappushpop(heap: &list[T], item: T) -> T ! = sequences::heappushpop({heap}, {item})
fn bisect.bisect_left(a: &list[T], x: T, lo: int = 0, hi: opt[int] = None) -> int ! = sequences::bisect_left(&({a}).borrow(), &{x}, {lo}, {hi})
fn bisect.bisect_left(a: &list[T], x: K, key: func[&T->K], lo: int = 0, hi: opt[int] = None) -> int ! = itertools_more::bisect_left_key(&({a}).borrow(), &{x}, {key}, {lo}, {hi})
fn bisect.bisect_right(a: &list[T], x: T, lo: int = 0, hi: opt[int] = None) -> int ! = sequences::bisect_right(&({a}).borrow(), &{x}, {lo}, {hi})
fn bisect.bisect_right(a: &list[T], x: K, key: func[&T->K], lo: int = 0, hi: opt[int] = None) -> int ! = itertools_more::bisect_right_key(&({a}).borrow(), &{x}, {key}, {lo}, {hi})
fn bisect.bisect(a: &list[T], x: T, lo: int = 0, hi: opt[int] = None) -> int ! = sequences::bisect_right(&({a}).borrow(), &{x}, {lo}, {hi})
fn bisect.bisect(a: &list[T], x: K, key: func[&T->K], lo: int = 0, hi: opt[int] = None) -> int ! = itertools_more::bisect_right_key(&({a}).borrow(), &{x}, {key}, {lo}, {hi})
fn bisect.insort_left(a: &list[T], x: T) -> none ! = sequences::insort_left({a}, {x})
fn bisect.insort_left(a: &list[T], x: T, key: func[&T->K]) -> none ! = itertools_more::insort_left_key({a}, {x}, {key})
fn bisect.insort_right(a: &list[T], x: T) -> none ! = sequences::insort_right({a}, {x})
fn bisect.insort_right(a: &list[T], x: T, key: func[&T->K]) -> none ! = itertools_more::insort_right_key({a}, {x}, {key})
fn bisect.insort(a: &list[T], x: T) -> none ! = sequences::insort_right({a}, {x})
fn bisect.insort(a: &list[T], x: T, key: func[&T->K]) -> none ! = itertools_more::insort_right_key({a}, {x}, {key})
fn itertools.count(start: int = 0, step: int = 1) -> iter[int] = glue::PyIter::new(itertools::count({start}, {step}))
fn itertools.count(start: float = 0.0, step: float = 1.0) -> iter[float] = glue::PyIter::new(itertools_more::count_float({start}, {step}))
fn itertools.repeat(object: T, times: int) -> list[T] = List::from(vec![{object}; ({times}).max(0) as usize])  # uses: list
fn itertools.repeat(object: T) -> iter[T] = glue::PyIter::new(std::iter::repeat({object}))
fn itertools.accumulate(iterable: iter[int]) -> list[int] = List::from(itertools_more::sums_int({iterable}))  # uses: list
fn itertools.accumulate(iterable: iter[float]) -> list[float] = List::from(itertools_more::sums_float({iterable}))  # uses: list
fn itertools.accumulate(iterable: iter[any]) -> list[any] ! = itertools_more::sums_value({iterable}).map(List::from)  # uses: list
fn itertools.accumulate(iterable: iter[T], func: func[T,T->T], initial: opt[T] = None) -> list[T] ! = itertools_more::accumulate({iterable}, {func}, {initial}).map(List::from)  # uses: list
fn itertools.accumulate(iterable: iter[int], func: none = None, initial: int) -> list[int] = List::from(itertools_more::sums_int([vec![{initial}], {iterable}].concat()))  # uses: list
fn itertools.accumulate(iterable: iter[float], func: none = None, initial: float) -> list[float] = List::from(itertools_more::sums_float([vec![{initial}], {iterable}].concat()))  # uses: list
fn itertools.groupby(iterable: iter[T], key: func[&T->K]) -> list[tuple[K, list[T]]] ! = itertools::groupby({iterable}, {key}).map(|g| g.into_iter().map(|(k, v)| (k, List::from(v))).collect::<List<_>>())  # uses: list
fn itertools.groupby(iterable: iter[T]) -> list[tuple[T, list[T]]] = itertools_more::groupby({iterable}).into_iter().map(|(k, v)| (k, List::from(v))).collect::<List<_>>()  # uses: list
fn itertools.product(a: iter[A], b: iter[B]) -> list[tuple[A, B]] = List::from(itertools::product2(&{a}, &{b}))  # uses: list
fn itertools.product(a: iter[A], b: iter[B], c: iter[C]) -> list[tuple[A, B, C]] = List::from(itertools_more::product3(&{a}, &{b}, &{c}))  # uses: list
fn itertools.product(a: iter[T], repeat: int) -> list[many[T]] = List::from(itertools_more::product_repeat({a}, {repeat}).into_iter().map(tuple::Tuple::from).collect::<Vec<_>>())  # uses: list
fn itertools.product(a: iter[T]) -> list[tuple[T]] = {a}.into_iter().map(|x| (x,)).collect::<List<_>>()  # uses: list
fn itertools.product(*iterables: list[T]) -> list[many[T]] = List::from(itertools::product(&{iterables}.iter().map(|l| l.to_vec()).collect::<Vec<_>>()).into_iter().map(tuple::Tuple::from).collect::<Vec<_>>())  # uses: list
fn itertools.islice(iterable: iterator[T], stop: int) -> iter[T] ! = itertools_more::islice(&{iterable}, 0, Some({stop}), 1)
fn itertools.islice(iterable: iterator[T], start: int, stop: opt[int], step: int = 1) -> iter[T] ! = itertools_more::islice(&{iterable}, {start}, {stop}, {step})
fn itertools.islice(iterable: iter[T], stop: int) -> list[T] = List::from(itertools::islice({iterable}.into_iter(), 0, Some({stop}), 1).collect::<Vec<_>>())  # uses: list
fn itertools.islice(iterable: iter[T], start: int, stop: opt[int], step: int = 1) -> list[T] = List::from(itertools::islice({iterable}.into_iter(), {start}, {stop}, {step}).collect::<Vec<_>>())  # uses: list
fn itertools.compress(data: iter[T], selectors: iter[any]) -> list[T] = List::from(itertools::compress({data}, {selectors}.iter().map(traits::PyTruth::truth)))  # uses: list
fn itertools.zip_longest(a: iter[T], b: iter[T], c: iter[T], d: iter[T]) -> list[many[opt[T]]] = List::from(itertools_more::zip_longest_filled(vec![{a}, {b}, {c}, {d}].into_iter().map(|l| l.into_iter().map(Some).collect()).collect(), &None).into_iter().map(tuple::Tuple::from).collect::<Vec<_>>())  # uses: list
fn itertools.zip_longest(a: iter[A], b: iter[B], c: iter[C]) -> list[tuple[opt[A], opt[B], opt[C]]] = List::from(itertools_more::zip_longest3({a}, {b}, {c}))  # uses: list
fn itertools.zip_longest(a: iter[T], b: iter[T], fillvalue: T) -> list[tuple[T, T]] = List::from(itertools_more::zip_longest({a}, {b}, {fillvalue}))  # uses: list
fn itertools.zip_longest(a: iter[T], b: iter[T], c: iter[T], fillvalue: T) -> list[tuple[T, T, T]] = List::from(itertools_more::zip_longest_filled(vec![{a}, {b}, {c}], &{fillvalue}).into_iter().map(|r| (r[0].clone(), r[1].clone(), r[2].clone())).collect::<Vec<_>>())  # uses: list
fn itertools.zip_longest(a: iter[A], b: iter[B]) -> list[tuple[opt[A], opt[B]]] = List::from(itertools_more::zip_longest_none({a}, {b}))  # uses: list
fn itertools.zip_longest(*iterables: list[T], fillvalue: T) -> list[many[T]] = List::from(itertools_more::zip_longest_filled({iterables}.iter().map(|l| l.to_vec()).collect(), &{fillvalue}).into_iter().map(tuple::Tuple::from).collect::<Vec<_>>())  # uses: list
fn itertools.starmap(function: func[A,B->T], iterable: iter[tuple[A, B]]) -> list[T] ! = itertools_more::starmap({function}, {iterable}).map(List::from)  # uses: list
fn itertools.tee(iterable: iter[T]) -> tuple[iter[T], iter[T]] = { let all: Vec<_> = {iterable}; (glue::PyIter::from_vec(all.clone()), glue::PyIter::from_vec(all)) }
fn functools.reduce(func: func[T,T->T], items: iter[T]) -> T ! = itertools::reduce_from({items}, {func}, None)
fn functools.reduce(func: func[V,T->V], items: iter[T], initial: V) -> V ! = itertools_more::fold({items}, {func}, {initial})
fn heapq.nlargest(n: int, iterable: iter[T]) -> list[T] ! = sequences::nlargest({n}, {iterable}).map(List::from)  # uses: list
fn heapq.nsmallest(n: int, iterable: iter[T]) -> list[T] ! = sequences::nsmallest({n}, {iterable}).map(List::from)  # uses: list
fn heapq.nlargest(n: int, iterable: iter[T], key: func[&T->K]) -> list[T] ! = sequences::n_best_key({n}, {iterable}, {key}, true).map(List::from)  # uses: list
fn heapq.nsmallest(n: int, iterable: iter[T], key: func[&T->K]) -> list[T] ! = sequences::n_best_key({n}, {iterable}, {key}, false).map(List::from)  # uses: list
fn heapq.merge(*iterables: list[T]) -> list[T] ! = sequences::merge({iterables}.iter().map(|l| l.to_vec()).collect()).map(List::from)  # uses: list
