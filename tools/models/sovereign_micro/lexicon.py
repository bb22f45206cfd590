"""Words that mean the same in a description or a name of a function, so that a family is seen in many wordings.

Only training documents are varied. What is reserved for the evaluation never comes out: `vary_goal` and `vary_name`
refuse it, whichever way they reach it.
"""
from __future__ import annotations

import builtins
import keyword
import random
import re

# The verb at the start of a goal.
VERBS = [
    ["compute", "calculate", "work out", "return", "find", "determine", "get", "give", "evaluate"],
    ["return", "get", "give", "produce", "find", "yield", "fetch", "output"],
    ["check whether", "check if", "determine whether", "determine if", "test whether", "test if", "tell whether",
     "see if", "decide whether", "verify that", "report whether"],
    ["find", "return", "get", "locate", "determine", "give", "identify", "look for"],
    ["remove", "delete", "drop", "discard", "take away", "strip", "get rid of", "eliminate", "throw away"],
    ["convert", "change", "turn", "transform", "translate"],
    ["count", "count how many", "count the number of", "find how many", "return how many", "compute the number of"],
    ["keep", "select", "pick", "retain"],
    ["keep only", "select only", "pick only", "select", "pick", "return only", "pick out", "leave only"],
    ["filter", "select", "keep", "extract", "pick"],
    ["sort", "order", "arrange", "put in order"],
    ["split", "divide", "break", "cut", "separate"],
    ["join", "concatenate", "combine", "put together", "connect"],
    ["combine", "merge", "join", "put together", "unite"],
    ["merge", "combine", "join", "unite"],
    ["make", "create", "build", "construct", "form", "produce"],
    ["build", "make", "create", "construct"],
    ["create", "make", "build", "construct", "generate"],
    ["repeat", "duplicate", "replicate"],
    ["replace", "substitute", "exchange"],
    ["swap", "exchange", "switch", "interchange"],
    ["reverse", "invert the order of", "flip", "turn around"],
    ["sum", "add", "add up", "total", "compute the sum of"],
    ["add", "sum", "add up", "add together"],
    ["multiply", "take the product of"],
    ["subtract", "take", "deduct"],
    ["double", "multiply by two", "compute twice"],
    ["extract", "pull out", "pick", "get", "take out"],
    ["capitalize", "capitalise"],
    ["format", "write", "render", "print"],
    ["parse", "read", "interpret"],
    ["list", "return", "give", "enumerate", "generate"],
    ["generate", "produce", "create", "list", "return"],
    ["group", "collect", "gather", "organise", "arrange"],
    ["rotate", "shift", "cycle", "move"],
    ["insert", "put", "place", "add"],
    ["put", "place", "insert"],
    ["clamp", "limit", "restrict", "constrain"],
    ["wrap", "enclose", "surround"],
    ["toggle", "flip", "invert", "switch"],
    ["set", "turn on", "enable"],
    ["clear", "turn off", "reset", "unset"],
    ["shift", "move"],
    ["apply", "call", "run", "use"],
    ["flatten", "unnest"],
    ["shorten", "cut", "truncate"],
    ["truncate", "cut", "shorten"],
    ["increase", "raise", "increment"],
    ["decrease", "lower", "reduce", "decrement"],
]

# Phrases anywhere in a goal.
PHRASES = [
    ["largest", "biggest", "greatest", "highest", "maximum"],
    ["smallest", "lowest", "least", "minimum"],
    ["the maximum of", "the largest of", "the biggest of", "the highest value of", "the greatest value in"],
    ["the minimum of", "the smallest of", "the lowest value of", "the least value in"],
    ["the sum of", "the total of"],
    ["the average of", "the mean of", "the arithmetic mean of"],
    ["the product of", "the result of multiplying"],
    ["the difference of", "the difference between"],
    ["in a list of numbers", "in a list", "in a list of integers", "of a list", "from a list", "in a given list", "in the list"],
    ["of a list", "in a list", "of the list", "of a given list"],
    ["a list of numbers", "a list of integers", "a list of values", "the given numbers", "several numbers"],
    ["a number", "an integer", "a given number", "a value", "the number", "a whole number"],
    ["two numbers", "two integers", "two values", "a pair of numbers", "two given numbers"],
    ["three numbers", "three integers", "three values"],
    ["a string", "a text", "a given string", "the string", "some text"],
    ["a word", "a given word", "the word"],
    ["a sentence", "a phrase", "a text"],
    ["two strings", "two texts", "two words", "a pair of strings"],
    ["two lists", "both lists", "a pair of lists"],
    ["a dictionary", "a dict", "a mapping", "the dictionary", "a given dictionary"],
    ["a matrix", "a grid", "a table", "a 2D list", "a two-dimensional list"],
    ["a nested list", "a list of lists"],
    ["elements", "items", "entries", "values"],
    ["element", "item", "entry"],
    ["numbers", "integers", "values"],
    ["characters", "letters"],
    ["every number", "each number", "all the numbers"],
    ["every element", "each element", "all elements"],
    ["every", "each"],
    ["upper case", "uppercase", "capital letters"],
    ["lower case", "lowercase", "small letters"],
    ["upper-case", "uppercase", "capital"],
    ["lower-case", "lowercase", "small"],
    ["spaces", "blanks", "whitespace"],
    ["starts with", "begins with", "has the prefix"],
    ["ends with", "finishes with", "has the suffix", "terminates with"],
    ["contains", "includes", "has"],
    ["contains only", "consists only of", "has only", "consists of"],
    ["most common", "most frequent"],
    ["occurs more than once", "appears more than once", "is repeated"],
    ["occur more than once", "appear more than once", "are repeated"],
    ["occurs only once", "appears only once", "occurs exactly once", "is not repeated", "is unique"],
    ["how often", "how many times", "the number of times"],
    ["occurs", "appears"],
    ["occurrences of", "appearances of"],
    ["duplicates", "repeated elements", "duplicate elements", "repetitions"],
    ["duplicate", "repeated"],
    ["unique", "distinct", "different"],
    ["common", "shared"],
    ["greater than", "larger than", "bigger than", "above", "more than"],
    ["is greater than", "is larger than", "exceeds", "is above", "is more than", "is bigger than"],
    ["are greater than", "are larger than", "exceed", "are above", "are more than"],
    ["less than", "smaller than", "below", "under"],
    ["is less than", "is smaller than", "is below", "is under"],
    ["at least", "not less than", "no less than"],
    ["at most", "not more than", "no more than"],
    ["is divisible by", "is a multiple of", "can be divided by", "divides evenly by"],
    ["divisible by", "that are multiples of", "which can be divided by"],
    ["is empty", "has no elements", "contains nothing", "has length zero"],
    ["the number of elements in", "the length of", "how many elements there are in", "the size of", "the number of items in"],
    ["the length of", "the size of", "how long"],
    ["at position", "at index", "with index"],
    ["the position of", "the index of", "the place of"],
    ["to the power of", "to the power", "raised to", "raised to the power"],
    ["the square of", "the second power of"],
    ["the cube of", "the third power of"],
    ["in ascending order", "in increasing order", "from smallest to largest", "in rising order", "from low to high"],
    ["in descending order", "in decreasing order", "from largest to smallest", "in falling order", "from high to low"],
    ["in alphabetical order", "alphabetically", "from a to z"],
    ["in reverse order", "in reversed order", "backwards", "from the end to the start"],
    ["from the end", "from the right", "from the back"],
    ["with a loop", "in a loop", "step by step"],
    ["the first", "the initial"],
    ["the last", "the final"],
    ["the rest", "the remainder", "what remains"],
    ["the remainder of", "the rest of", "what remains of"],
    ["all but", "everything but", "all except"],
    ["another", "a different", "a second"],
    ["the keys and values", "keys and values", "the keys with the values"],
    ["the entries of", "the items of", "the pairs of"],
    ["sorted", "ordered", "in order"],
    ["without", "with no", "leaving out"],
    ["longest", "lengthiest"],
    ["the digits of", "the decimal digits of"],
    ["the factors of", "the divisors of", "the numbers that divide"],
    ["the divisors of", "the factors of", "the numbers that divide"],
    ["the greatest common divisor", "the largest common divisor", "the GCD", "the greatest common factor"],
    ["the least common multiple", "the smallest common multiple", "the LCM", "the lowest common multiple"],
    ["the absolute value of", "the magnitude of", "the value without sign of"],
    ["is prime", "is a prime number", "is a prime"],
    ["is even", "is an even number", "can be divided by two"],
    ["is odd", "is an odd number", "is not even"],
    ["even numbers", "even values", "numbers that are even", "even integers"],
    ["odd numbers", "odd values", "numbers that are odd", "odd integers"],
    ["positive numbers", "numbers above zero", "positive values"],
    ["negative numbers", "numbers below zero", "negative values"],
    ["is positive", "is above zero", "is greater than zero"],
    ["is negative", "is below zero", "is less than zero"],
    ["prime numbers", "primes"],
    ["the area of", "the surface of"],
    ["the perimeter of", "the boundary length of"],
    ["the rows and columns of", "rows and columns of", "the rows with the columns of"],
    ["both", "the two"],
    ["after", "following"],
    ["before", "preceding"],
    ["commas", "comma signs"],
    ["the binary form of", "the binary representation of", "the base-2 form of"],
    ["to binary", "to base 2", "to the binary system"],
    ["a binary string", "a string of bits", "a base-2 string"],
    ["hexadecimal", "hex", "base 16"],
    ["set bits", "1 bits", "ones in binary"],
    ["adjacent", "neighbouring", "consecutive"],
    ["consecutive", "successive", "neighbouring"],
    ["with two loops", "with nested loops"],
    ["at the start of", "at the beginning of", "in front of"],
    ["at the end of", "behind"],
    ["to its end", "to the end", "to the back"],
    ["a function", "a given function"],
    ["twice", "two times"],
    ["in which", "where"],
    ["every other", "every second", "each second"],
    ["whether", "if"],
    ["into", "to"],
    ["in a dictionary", "of a dictionary", "in a dict", "in a mapping"],
    ["return None", "give None", "get None"],
    ["and return", "and give", "and output"],
    ["a list with", "the list with", "a new list with"],
]

# Words of a name.
NAME_WORDS = [
    ["largest", "biggest", "max", "maximum", "greatest", "highest"], ["smallest", "min", "minimum", "lowest", "least"],
    ["sum", "total"], ["average", "mean", "avg"], ["count", "num", "number_of"], ["remove", "delete", "drop", "strip", "discard"],
    ["get", "find", "return", "fetch"], ["compute", "calculate", "calc", "get"], ["list", "items", "values"],
    ["numbers", "nums", "values", "integers"], ["string", "text", "str"], ["word", "text"], ["words", "tokens"],
    ["check", "test"], ["make", "create", "build"], ["to", "as", "into"], ["convert", "change"], ["filter", "select", "keep"],
    ["all", "every", "each"], ["unique", "distinct"], ["duplicates", "repeats"],
    ["merge", "combine", "join"], ["join", "concat", "combine"], ["split", "divide", "break"], ["sort", "order"],
    ["reverse", "invert", "flip"], ["char", "character", "letter"], ["chars", "characters", "letters"], ["dict", "map", "mapping"],
    ["keys", "names"], ["first", "initial"], ["last", "final"], ["above", "over", "greater_than", "more_than"],
    ["below", "under", "less_than"], ["greater", "larger", "bigger"], ["index", "position", "pos"], ["swap", "exchange", "switch"],
    ["multiply", "mul", "times"], ["product", "prod"], ["subtract", "sub", "minus"], ["divide", "div"], ["parse", "read"],
    ["matrix", "grid"], ["power", "pow"], ["root", "rt"], ["even", "evens"], ["odd", "odds"], ["positive", "positives"],
    ["upper", "uppercase"], ["lower", "lowercase"], ["length", "size", "len"], ["repeat", "duplicate"], ["common", "shared"],
    ["difference", "diff"], ["frequency", "counts", "histogram"], ["extract", "get", "pull"], ["insert", "put"],
    ["numeral", "number"], ["binary", "bin"], ["int", "integer", "number"],
]
NAME_VERBS = ["get", "compute", "calculate", "find", "make", "do", "my", "return", "the"]
NOT_AFTER_A_VERB = ("is_", "has_", "are_", "to_", "from_")


def replace_phrase(text: str, group: list[str], rng: random.Random) -> str:
    """One occurrence of a phrase of the group becomes another of it."""
    pattern = r"(?<![\w$-])(?:" + "|".join(map(re.escape, sorted(group, key=len, reverse=True))) + r")(?![\w-])"
    match = re.search(pattern, text)
    return text if not match else text[:match.start()] + rng.choice(group) + text[match.end():]


def replace_verb(goal: str, rng: random.Random) -> str:
    fitting = [group for group in VERBS if any(goal.startswith(verb + " ") for verb in group)]
    if not fitting:
        return goal
    group = rng.choice(fitting)
    verb = max((verb for verb in group if goal.startswith(verb + " ")), key=len)
    return rng.choice(group) + goal[len(verb):]


def usable(group: list[str], text: str) -> bool:
    return any(phrase in text for phrase in group)


def vary_goal(goal: str, is_class: bool, reserved: list[str], rng: random.Random) -> str:
    """A goal in other words; a reserved one, its verb put aside, is not said."""
    if rng.random() < 0.2:
        return goal
    varied = goal if is_class or rng.random() < 0.3 else replace_verb(goal, rng)
    for group in PHRASES:
        if usable(group, varied) and rng.random() < 0.35:
            varied = replace_phrase(varied, group, rng)
    return goal if any(same_but_verb(varied, other) for other in reserved) else varied


def same_but_verb(left: str, right: str) -> bool:
    return left == right or left.partition(" ")[2] == right.partition(" ")[2]


def vary_name(name: str, is_class: bool, reserved: frozenset[str], rng: random.Random) -> str:
    """A name in other words, as someone else would have chosen it."""
    if is_class or rng.random() < 0.45:
        return name
    words = name.split("_")
    for at, word in enumerate(words):
        groups = [group for group in NAME_WORDS if word in group]
        if groups and rng.random() < 0.4:
            words[at] = rng.choice(rng.choice(groups))
    varied = "_".join(words)
    if not varied.startswith(NOT_AFTER_A_VERB) and rng.random() < 0.15:
        varied = rng.choice(NAME_VERBS) + "_" + varied
    hides = varied != name and (hasattr(builtins, varied) or keyword.iskeyword(varied))
    return name if varied in reserved or hides else varied
