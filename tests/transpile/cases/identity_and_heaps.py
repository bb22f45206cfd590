"""Objects and members of Enums behind Any by is and id; heaps that are popped twice in one expression."""
import heapq, bisect
from dataclasses import dataclass
from enum import Enum
from typing import Any, Optional

@dataclass
class Node:
    weight: int
    left: Optional["Node"] = None
    right: Optional["Node"] = None
    def __lt__(self, other):
        return self.weight < other.weight

heap = [Node(w) for w in (5, 3, 9, 1)]
heapq.heapify(heap)
while len(heap) > 1:
    a, b = heapq.heappop(heap), heapq.heappop(heap)
    heapq.heappush(heap, Node(a.weight + b.weight, a, b))
print(heap[0].weight, heap[0].left.weight)
ropes = [4, 3, 2, 6]
heapq.heapify(ropes)
cost = 0
while len(ropes) > 1:
    heapq.heappush(ropes, heapq.heappop(ropes) + heapq.heappop(ropes))
    cost += ropes[0]
    print(sorted(ropes), heapq.heappushpop(ropes, ropes[0] + 1), heapq.heapreplace(ropes, ropes[-1]))
xs = [1, 5, 9]
bisect.insort(xs, xs[0] + xs[-1] // 2)
print(xs, cost)

class Dir(Enum):
    UP = 1
    DOWN = -1

class Cab:
    def __init__(self):
        self.heading = None
        self.home = Node(1)
        self.at = self.home

def turn(d, want):
    return d is want, d == want

cab = Cab()
cab.heading = Dir.UP
things: list[Any] = [Dir.UP, cab.home, 3]
print(turn(Dir.UP, Dir.UP), turn(Dir.UP, Dir.DOWN), turn(cab.home, cab.at), turn(1, 1))
print(things[0] is Dir.UP, things[0] is Dir.DOWN, things[1] is cab.home, things[1] is cab.at, cab.heading is Dir.UP, things[1] is Node(1))
print(id(things[1]) == id(cab.home), id(things[0]) == id(Dir.UP), any(t is cab.at for t in things))
