# itertools, functools.reduce, heapq, bisect, operator
fn itertools.count(start: int = 0, step: int = 1) -> iter[int] = glue::PyIter::new(itertools::count({start}, {step}))
fn itertools.cycle(items: iter[T]) -> iter[T] = glue::PyIter::new(itertools::cycle({items}.into_iter().collect()))
fn itertools.repeat(x: T, times: int) -> list[T] = List::from(vec![{x}; ({times}).max(0) as usize])  # uses: list
fn itertools.accumulate(items: iter[T], func: func[&T,&T->T], initial: opt[T] = None) -> list[T] ! = itertools::accumulate({items}, {func}, {initial}).map(List::from)  # uses: list
fn itertools.combinations(items: iter[T], r: int) -> list[many[T]] = List::from(itertools::combinations(&{items}, {r}).into_iter().map(tuple::Tuple::from).collect::<Vec<_>>())  # uses: list
fn itertools.combinations_with_replacement(items: iter[T], r: int) -> list[many[T]] = List::from(itertools::combinations_with_replacement(&{items}, {r}).into_iter().map(tuple::Tuple::from).collect::<Vec<_>>())  # uses: list
fn itertools.permutations(items: iter[T], r: opt[int] = None) -> list[many[T]] = List::from(itertools::permutations(&{items}, {r}).into_iter().map(tuple::Tuple::from).collect::<Vec<_>>())  # uses: list
fn itertools.product(a: iter[A], b: iter[B]) -> list[tuple[A, B]] = List::from(itertools::product2(&{a}, &{b}))  # uses: list
fn itertools.chain(*inputs: list[T]) -> list[T] = {inputs}.iter().flatten().collect::<List<_>>()  # uses: list
fn itertools.chain.from_iterable(inputs: iter[list[T]]) -> list[T] = {inputs}.iter().flatten().collect::<List<_>>()  # uses: list
fn itertools.pairwise(items: iter[T]) -> list[tuple[T, T]] = List::from(itertools::pairwise(&{items}))  # uses: list
fn itertools.takewhile(predicate: func[&T->bool], items: iter[T]) -> list[T] ! = itertools::takewhile({items}, {predicate}).map(List::from)  # uses: list
fn itertools.dropwhile(predicate: func[&T->bool], items: iter[T]) -> list[T] ! = itertools::dropwhile({items}, {predicate}).map(List::from)  # uses: list
fn itertools.filterfalse(predicate: func[&T->bool], items: iter[T]) -> list[T] ! = itertools::filterfalse({items}, {predicate}).map(List::from)  # uses: list
fn itertools.groupby(items: iter[T], key: func[&T->K]) -> list[tuple[K, list[T]]] ! = itertools::groupby({items}, {key}).map(|g| g.into_iter().map(|(k, v)| (k, List::from(v))).collect::<List<_>>())  # uses: list
fn functools.reduce(func: func[T,T->T], items: iter[T], initial: opt[T] = None) -> T ! = itertools::reduce_from({items}, {func}, {initial})
fn heapq.heappush(heap: &list[T], item: T) -> none ! = sequences::heappush(&mut ({heap}).borrow_mut(), {item})
fn heapq.heappop(heap: &list[T]) -> T ! = sequences::heappop(&mut ({heap}).borrow_mut())
fn heapq.heapify(heap: &list[T]) -> none ! = sequences::heapify(&mut ({heap}).borrow_mut())
fn heapq.heapreplace(heap: &list[T], item: T) -> T ! = sequences::heapreplace(&mut ({heap}).borrow_mut(), {item})
fn heapq.heappushpop(heap: &list[T], item: T) -> T ! = sequences::heappushpop(&mut ({heap}).borrow_mut(), {item})
fn heapq.nlargest(n: int, items: iter[T]) -> list[T] ! = sequences::nlargest({n}, {items}).map(List::from)  # uses: list
fn heapq.nsmallest(n: int, items: iter[T]) -> list[T] ! = sequences::nsmallest({n}, {items}).map(List::from)  # uses: list
fn bisect.bisect_left(a: &list[T], x: T, lo: int = 0, hi: opt[int] = None) -> int ! = sequences::bisect_left(&({a}).borrow(), &{x}, {lo}, {hi})
fn bisect.bisect_right(a: &list[T], x: T, lo: int = 0, hi: opt[int] = None) -> int ! = sequences::bisect_right(&({a}).borrow(), &{x}, {lo}, {hi})
fn bisect.bisect(a: &list[T], x: T, lo: int = 0, hi: opt[int] = None) -> int ! = sequences::bisect_right(&({a}).borrow(), &{x}, {lo}, {hi})
fn bisect.insort(a: &list[T], x: T) -> none ! = sequences::insort_right(&mut ({a}).borrow_mut(), {x})
fn bisect.insort_right(a: &list[T], x: T) -> none ! = sequences::insort_right(&mut ({a}).borrow_mut(), {x})
fn bisect.insort_left(a: &list[T], x: T) -> none ! = sequences::insort_left(&mut ({a}).borrow_mut(), {x})
