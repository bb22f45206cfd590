# slice: what x[a:b] gives to __getitem__ of a program's class, and slices that are made by name
type slice = slices::Slice
class slice(stop: opt[int]) -> slice = slices::Slice::new(None, {stop}, None)
class slice(start: opt[int], stop: opt[int], step: opt[int] = None) -> slice = slices::Slice::new({start}, {stop}, {step})
attr slice.start -> opt[int] = .start
attr slice.stop -> opt[int] = .stop
attr slice.step -> opt[int] = .step
fn slice.indices(self, length: int) -> tuple[int, int, int] ! = .indices
