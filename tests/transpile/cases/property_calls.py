"""property() called in the body of a class, beside methods that are named like setters."""
class Grid:
    def __init__(self, rows):
        self.rows = rows
        self._note = ""
    def transpose(self):
        return Grid([list(r) for r in zip(*self.rows)])
    T = property(transpose)
    def get_w(self):
        return len(self.rows[0])
    def set_w(self, v):
        self.rows = [r[:v] for r in self.rows]
    width = property(get_w, set_w, doc="the width")
    height = property(lambda self: len(self.rows))
    def get_note(self):
        return self._note
    def set_note(self, text):
        self._note = text.upper()
    def del_note(self):
        self._note = "none"
    note = property(get_note, set_note, del_note)
g = Grid([[1, 2, 3], [4, 5, 6]])
print(g.T.rows, g.width, g.height)
g.width = 2
print(g.rows, g.T.T.rows)
g.note = "hey"
print(g.note)
del g.note
print(g.note)
