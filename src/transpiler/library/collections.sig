# collections (defaultdict and OrderedDict need the kind of their factory: the rows take what the emitter makes)
type deque[T] = deque::Deque
type Counter[K] = counter::Counter
class collections.deque(iterable: iter[T] = Vec::new(), maxlen: opt[int] = None) -> deque[T] ! = deque::Deque::with_items({iterable}, {maxlen})
fn deque.append(self, x: T) -> none = .append
fn deque.appendleft(self, x: T) -> none = .appendleft
fn deque.pop(self) -> T ! = .pop
fn deque.popleft(self) -> T ! = .popleft
fn deque.extend(self, items: iter[T]) -> none = .extend
fn deque.extendleft(self, items: iter[T]) -> none = .extendleft
fn deque.clear(self) -> none = .clear
fn deque.reverse(self) -> none = .reverse
fn deque.rotate(self, n: int = 1) -> none = .rotate
fn deque.insert(self, index: int, x: T) -> none ! = .insert
fn deque.remove(self, x: &T) -> none ! = .remove
fn deque.count(self, x: &T) -> int = .count
fn deque.index(self, x: &T) -> int ! = .index
fn deque.copy(self) -> deque[T] = .copy
fn deque.__len__(self) -> int = .len
fn deque.__getitem__(self, index: int) -> T ! = .get
fn deque.__setitem__(self, index: int, x: T) -> none ! = .set
fn deque.__delitem__(self, index: int) -> none ! = .del
fn deque.__contains__(self, x: &T) -> bool = .contains
attr deque.maxlen -> opt[int] = .maxlen()
iter deque[T] -> T = {self}.iter()
class collections.Counter(iterable: iter[K] = Vec::new()) -> Counter[K] = {iterable}.into_iter().collect::<counter::Counter<_>>()
fn Counter.most_common(self, n: opt[int] = None) -> list[tuple[K, int]] = List::from({self}.most_common({n}))  # uses: list
fn Counter.elements(self) -> list[K] = List::from({self}.elements())  # uses: list
fn Counter.total(self) -> int = .total
fn Counter.update(self, items: iter[K]) -> none = .count_all
fn Counter.subtract(self, items: iter[K]) -> none = .subtract_all
fn Counter.copy(self) -> Counter[K] = .copy
fn Counter.get(self, key: &K) -> opt[int] = {self}.get({key})
fn Counter.get(self, key: &K, default: int) -> int = {self}.get_or({key}, {default})
fn Counter.keys(self) -> list[K] = {self}.keys().into_iter().collect::<List<_>>()  # uses: list
fn Counter.values(self) -> list[int] = {self}.values().into_iter().collect::<List<_>>()  # uses: list
fn Counter.items(self) -> list[tuple[K, int]] = {self}.items().into_iter().collect::<List<_>>()  # uses: list
fn Counter.pop(self, key: &K) -> int ! = {self}.pop({key})
fn Counter.clear(self) -> none = {self}.clear()
fn Counter.__len__(self) -> int = {self}.len()
fn Counter.__getitem__(self, key: &K) -> int = .item
fn Counter.__setitem__(self, key: K, n: int) -> none = {self}.set({key}, {n})
fn Counter.__delitem__(self, key: &K) -> none = .del
fn Counter.__contains__(self, key: &K) -> bool = {self}.contains({key})
iter Counter[K] -> K = {self}.iter()
op Counter + Counter -> Counter[K] = {0}.add(&{1})
op Counter - Counter -> Counter[K] = {0}.sub(&{1})
op Counter & Counter -> Counter[K] = {0}.and(&{1})
op Counter | Counter -> Counter[K] = {0}.or(&{1})
op deque + deque -> deque[T] = { let d = {0}.copy(); d.extend({1}.to_vec()); d }
fn deque.__reversed__(self) -> list[T] = {self}.iter().collect::<Vec<_>>().into_iter().rev().collect::<List<_>>()  # uses: list
fn Counter.setdefault(self, key: K, default: int = 0) -> int = {self}.setdefault({key}, {default})
fn Counter.popitem(self) -> tuple[K, int] ! = {self}.popitem()
fn Counter.pop(self, key: &K, default: int) -> int = {self}.pop_or({key}, {default})

