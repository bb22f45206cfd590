from dataclasses import dataclass, field
@dataclass
class Item:
    id: int
    key: tuple = field(init=False, repr=False)
    def __post_init__(self) -> None:
        self.key = (self.id, 1)
@dataclass
class Sub(Item):
    extra: int = 2
    def __post_init__(self) -> None:
        super().__post_init__()
        self.extra += 1
class Box:
    def __init__(self) -> None:
        self.items: list[Item] = [Item(1)]
    def __getitem__(self, i: int) -> Item:
        return self.items[i]
    def again(self) -> None:
        item = self[0]
        item.id = 5
        item.__post_init__()
b = Box()
b.again()
print(b[0].key, Sub(3).extra)
s = Sub(4)
s.__post_init__()
print(s.extra)
