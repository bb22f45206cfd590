from os.path import *
import importlib
import json


class Meta(type):
    pass


class A(metaclass=Meta):
    def __getattr__(self, name):
        return getattr(self, "x" + name)


class B(A, dict):
    pass


def run(code, *rest, shared=[]):
    global total
    total = eval(code)
    json.loads = None
    try:
        importlib.import_module(code)
    except:
        print(globals())
