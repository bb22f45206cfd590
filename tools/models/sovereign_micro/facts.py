"""Tables of facts, written by hand."""

CAPITALS = """Afghanistan:Kabul; Albania:Tirana; Algeria:Algiers; Andorra:Andorra la Vella; Angola:Luanda; Argentina:Buenos
Aires; Armenia:Yerevan; Australia:Canberra; Austria:Vienna; Azerbaijan:Baku; Bahrain:Manama; Bangladesh:Dhaka;
Barbados:Bridgetown; Belarus:Minsk; Belgium:Brussels; Belize:Belmopan; Benin:Porto-Novo; Bhutan:Thimphu;
Botswana:Gaborone; Brazil:Brasília; Brunei:Bandar Seri Begawan; Bulgaria:Sofia; Burkina Faso:Ouagadougou;
Burundi:Gitega; Cambodia:Phnom Penh; Cameroon:Yaoundé; Canada:Ottawa; Cape Verde:Praia; Chad:N'Djamena;
Chile:Santiago; China:Beijing; Colombia:Bogotá; Comoros:Moroni; Costa Rica:San José; Croatia:Zagreb;
Cuba:Havana; Cyprus:Nicosia; Denmark:Copenhagen; Djibouti:Djibouti; Dominica:Roseau; Ecuador:Quito;
Egypt:Cairo; El Salvador:San Salvador; Equatorial Guinea:Malabo; Eritrea:Asmara; Estonia:Tallinn;
Eswatini:Mbabane; Ethiopia:Addis Ababa; Fiji:Suva; Finland:Helsinki; France:Paris; Gabon:Libreville;
Gambia:Banjul; Georgia:Tbilisi; Germany:Berlin; Ghana:Accra; Greece:Athens; Grenada:Saint George's;
Guatemala:Guatemala City; Guinea:Conakry; Guinea-Bissau:Bissau; Guyana:Georgetown; Haiti:Port-au-Prince;
Honduras:Tegucigalpa; Hungary:Budapest; Iceland:Reykjavik; India:New Delhi; Indonesia:Jakarta; Iran:Tehran;
Iraq:Baghdad; Ireland:Dublin; Italy:Rome; Ivory Coast:Yamoussoukro; Jamaica:Kingston; Japan:Tokyo;
Jordan:Amman; Kazakhstan:Astana; Kenya:Nairobi; Kuwait:Kuwait City; Kyrgyzstan:Bishkek; Laos:Vientiane;
Latvia:Riga; Lebanon:Beirut; Lesotho:Maseru; Liberia:Monrovia; Libya:Tripoli; Liechtenstein:Vaduz;
Lithuania:Vilnius; Luxembourg:Luxembourg; Madagascar:Antananarivo; Malawi:Lilongwe; Malaysia:Kuala Lumpur;
Maldives:Malé; Mali:Bamako; Malta:Valletta; Mauritania:Nouakchott; Mauritius:Port Louis; Mexico:Mexico City;
Moldova:Chișinău; Monaco:Monaco; Mongolia:Ulaanbaatar; Montenegro:Podgorica; Morocco:Rabat; Mozambique:Maputo;
Myanmar:Naypyidaw; Namibia:Windhoek; Nepal:Kathmandu; Netherlands:Amsterdam; New Zealand:Wellington;
Nicaragua:Managua; Niger:Niamey; Nigeria:Abuja; North Korea:Pyongyang; North Macedonia:Skopje; Norway:Oslo;
Oman:Muscat; Pakistan:Islamabad; Panama:Panama City; Papua New Guinea:Port Moresby; Paraguay:Asunción;
Peru:Lima; Philippines:Manila; Poland:Warsaw; Portugal:Lisbon; Qatar:Doha; Romania:Bucharest; Russia:Moscow;
Rwanda:Kigali; Samoa:Apia; San Marino:San Marino; Saudi Arabia:Riyadh; Senegal:Dakar; Serbia:Belgrade;
Seychelles:Victoria; Sierra Leone:Freetown; Singapore:Singapore; Slovakia:Bratislava; Slovenia:Ljubljana;
Solomon Islands:Honiara; Somalia:Mogadishu; South Africa:Pretoria; South Korea:Seoul; South Sudan:Juba;
Spain:Madrid; Sri Lanka:Colombo; Sudan:Khartoum; Suriname:Paramaribo; Sweden:Stockholm; Switzerland:Bern;
Syria:Damascus; Taiwan:Taipei; Tajikistan:Dushanbe; Tanzania:Dodoma; Thailand:Bangkok; Togo:Lomé;
Tonga:Nuku'alofa; Tunisia:Tunis; Turkey:Ankara; Turkmenistan:Ashgabat; Tuvalu:Funafuti; Uganda:Kampala;
Ukraine:Kyiv; United Arab Emirates:Abu Dhabi; United Kingdom:London; United States:Washington, D.C.;
Uruguay:Montevideo; Uzbekistan:Tashkent; Vanuatu:Port Vila; Venezuela:Caracas; Vietnam:Hanoi; Yemen:Sanaa;
Zambia:Lusaka; Zimbabwe:Harare"""

CURRENCIES = """France:euro; Germany:euro; Italy:euro; Spain:euro; Portugal:euro; Ireland:euro; Austria:euro; Belgium:euro;
Finland:euro; Greece:euro; Netherlands:euro; Japan:yen; China:renminbi; India:rupee; Russia:ruble;
Brazil:real; Mexico:peso; Argentina:peso; Chile:peso; Canada:dollar; Australia:dollar; Switzerland:franc;
Sweden:krona; Norway:krone; Denmark:krone; Poland:zloty; Hungary:forint; Turkey:lira; Egypt:pound;
Israel:shekel; Thailand:baht; Vietnam:dong; Indonesia:rupiah; Malaysia:ringgit; Ukraine:hryvnia; Romania:leu;
Kenya:shilling; Nigeria:naira; Iceland:krona"""

CONTINENTS = """France:Europe; Germany:Europe; Italy:Europe; Spain:Europe; Portugal:Europe; Poland:Europe; Sweden:Europe;
Norway:Europe; Finland:Europe; Greece:Europe; Ireland:Europe; Austria:Europe; Japan:Asia; China:Asia;
India:Asia; Vietnam:Asia; Thailand:Asia; Nepal:Asia; Mongolia:Asia; Iran:Asia; Iraq:Asia; Egypt:Africa;
Kenya:Africa; Nigeria:Africa; Ghana:Africa; Morocco:Africa; Algeria:Africa; Ethiopia:Africa; Tanzania:Africa;
Zambia:Africa; Canada:North America; Mexico:North America; Cuba:North America; Panama:North America;
Brazil:South America; Argentina:South America; Chile:South America; Peru:South America;
Colombia:South America; Bolivia:South America; Uruguay:South America; Fiji:Oceania; Samoa:Oceania"""

OPPOSITES = """hot:cold; big:small; tall:short; fast:slow; old:young; up:down; left:right; day:night; black:white;
open:closed; happy:sad; light:dark; early:late; rich:poor; strong:weak; wet:dry; full:empty; hard:soft;
high:low; near:far; true:false; start:end; buy:sell; win:lose; push:pull; true:false; inside:outside;
before:after; good:bad; loud:quiet; thick:thin"""

COLOURS = """the sky on a clear day:blue; grass:green; snow:white; a ripe banana:yellow; coal:black; blood:red; an
orange:orange; milk:white; a lemon:yellow; a ripe tomato:red; charcoal:black; chocolate:brown"""

UNITS = """minutes|an hour:60; seconds|a minute:60; hours|a day:24; days|a week:7; months|a year:12; days|a leap
year:366; centimeters|a meter:100; meters|a kilometer:1000; grams|a kilogram:1000; bits|a byte:8; bytes|a
kibibyte:1024; sides|a triangle:3; sides|a square:4; sides|a hexagon:6; sides|a pentagon:5; sides|an
octagon:8; degrees|a circle:360; letters|the English alphabet:26; years|a century:100; years|a decade:10;
inches|a foot:12; seconds|an hour:3600; weeks|a year:52; millimeters|a centimeter:10; legs|a spider:8; legs|an
insect:6; strings|a violin:4"""

DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
MONTHS = "January February March April May June July August September October November December".split()

CONCEPTS = {
    "recursion": "Recursion is when a function calls itself to solve a smaller version of the same problem.",
    "a variable": "A variable is a name that refers to a value.",
    "a function": "A function is a named piece of code that takes arguments and returns a result.",
    "a loop": "A loop repeats a block of code several times.",
    "a list": "A list is an ordered collection of items that can be changed.",
    "a tuple": "A tuple is an ordered collection of items that cannot be changed.",
    "a dictionary": "A dictionary stores values under keys, so that a value can be looked up by its key.",
    "a set": "A set is a collection of unique items without an order.",
    "a string": "A string is a sequence of characters.",
    "an integer": "An integer is a whole number, such as 3 or -7.",
    "a float": "A float is a number with a fractional part, such as 2.5.",
    "a boolean": "A boolean is a value that is either true or false.",
    "a class": "A class describes the data and the methods of a kind of object.",
    "an object": "An object is an instance of a class.",
    "a method": "A method is a function that belongs to a class.",
    "a module": "A module is a file of Python code that other code can import.",
    "an exception": "An exception is an error that is raised while a program runs and that can be caught.",
    "a list comprehension": "A list comprehension builds a list from an expression and a loop in one line.",
    "a lambda": "A lambda is a small function without a name.",
    "a decorator": "A decorator is a function that wraps another function to change what it does.",
    "a generator": "A generator is a function that yields its values one at a time.",
    "an algorithm": "An algorithm is a sequence of steps that solves a problem.",
    "binary search": "Binary search finds a value in a sorted list by halving the range again and again.",
    "a stack": "A stack is a collection where the last item added is the first one removed.",
    "a queue": "A queue is a collection where the first item added is the first one removed.",
    "a linked list": "A linked list is a chain of nodes where each node points to the next one.",
    "a tree": "A tree is a structure of nodes where each node has children and one parent, except for the root.",
    "a graph": "A graph is a set of nodes that are connected by edges.",
    "a hash table": "A hash table stores values in slots that are chosen by a hash of the key.",
    "a prime number": "A prime number is an integer greater than 1 that is divisible only by 1 and itself.",
    "a palindrome": "A palindrome is a text that reads the same forwards and backwards.",
    "an anagram": "An anagram is a word made by rearranging the letters of another word.",
    "a factorial": "The factorial of n is the product of all integers from 1 to n.",
    "the Fibonacci sequence": "The Fibonacci sequence starts with 0 and 1, and each next number is the sum of the two before it.",
    "a compiler": "A compiler translates source code into machine code.",
    "an interpreter": "An interpreter reads source code and runs it directly.",
    "a CPU": "A CPU is the central processing unit, which executes the instructions of a computer.",
    "memory": "Memory holds the data and the programs that a computer is working with.",
    "an operating system": "An operating system manages the hardware of a computer and runs its programs.",
    "a bug": "A bug is a mistake in a program.",
    "a unit test": "A unit test checks that a small piece of code does what it should.",
    "a database": "A database stores data so that it can be searched and changed.",
    "Python": "Python is a programming language that is known for its readable syntax.",
    "C++": "C++ is a compiled programming language that gives control over memory and speed.",
    "a language model": "A language model predicts the next token of a text and can be used to generate text.",
    "a token": "A token is a piece of text, such as a word or a part of a word, that a language model reads.",
    "a neural network": "A neural network is a function with many learned parameters, arranged in layers.",
    "a matrix": "A matrix is a rectangular table of numbers.",
    "a vector": "A vector is a list of numbers with a direction and a length.",
    "the median": "The median is the middle value of a sorted list of numbers.",
    "the mean": "The mean is the sum of the numbers divided by how many there are.",
    "an even number": "An even number is divisible by 2.",
    "an odd number": "An odd number is not divisible by 2.",
    "JSON": "JSON is a text format for data made of objects, arrays, strings, numbers and booleans.",
    "Sovereign": "Sovereign is the machine learning stack that I ship with.",
    "quantization": "Quantization stores the weights of a model with fewer bits to save memory.",
    "a byte": "A byte is a group of 8 bits.",
    "a bit": "A bit is a binary digit, which is either 0 or 1.",
}

SNIPPETS = {
    "print hello world": 'print("Hello, world!")',
    "loop over a list": "items = [1, 2, 3]\nfor item in items:\n    print(item)",
    "loop from 1 to 10": "for i in range(1, 11):\n    print(i)",
    "create a list": "numbers = [1, 2, 3]",
    "create a dictionary": 'ages = {"Ada": 36, "Alan": 41}',
    "create an empty set": "items = set()",
    "sort a list in place": "numbers = [3, 1, 2]\nnumbers.sort()\nprint(numbers)",
    "add an item to a list": "items = [1, 2]\nitems.append(3)\nprint(items)",
    "read a file": 'with open("file.txt") as file:\n    text = file.read()',
    "write to a file": 'with open("file.txt", "w") as file:\n    file.write("hello")',
    "read a file line by line": 'with open("file.txt") as file:\n    for line in file:\n        print(line.strip())',
    "get the length of a string": 'text = "hello"\nprint(len(text))',
    "check whether a key is in a dictionary": 'ages = {"Ada": 36}\nif "Ada" in ages:\n    print(ages["Ada"])',
    "loop over a dictionary": 'ages = {"Ada": 36}\nfor name, age in ages.items():\n    print(name, age)',
    "catch an exception": 'try:\n    value = int("x")\nexcept ValueError:\n    value = 0',
    "define a function": "def add(a, b):\n    return a + b",
    "define a class": "class Dog:\n    def __init__(self, name):\n        self.name = name",
    "import a module": "import math\n\nprint(math.sqrt(16))",
    "format a string": 'name = "Ada"\nprint(f"Hello, {name}!")',
    "split a string": 'words = "a b c".split()\nprint(words)',
    "join a list of strings": 'text = ", ".join(["a", "b"])\nprint(text)',
    "convert a string to an integer": 'number = int("42")\nprint(number)',
    "generate a random number": "import random\n\nprint(random.randint(1, 10))",
    "reverse a list in place": "items = [1, 2, 3]\nitems.reverse()\nprint(items)",
    "remove an item from a list": "items = [1, 2, 3]\nitems.remove(2)\nprint(items)",
    "swap two variables": "a, b = 1, 2\na, b = b, a",
    "write an if statement": 'x = 5\nif x > 3:\n    print("big")\nelse:\n    print("small")',
    "write a while loop": "i = 0\nwhile i < 5:\n    print(i)\n    i += 1",
    "write a list comprehension": "squares = [x * x for x in range(10)]",
    "slice a list": "items = [1, 2, 3, 4]\nprint(items[1:3])",
    "parse JSON": 'import json\n\ndata = json.loads(\'{"a": 1}\')\nprint(data["a"])',
    "write JSON": 'import json\n\nprint(json.dumps({"a": 1}))',
    "get the current time": "from datetime import datetime\n\nprint(datetime.now())",
    "measure the running time": "import time\n\nstart = time.time()\nprint(time.time() - start)",
    "enumerate a list": 'for i, item in enumerate(["a", "b"]):\n    print(i, item)',
    "zip two lists": "for x, y in zip([1, 2], [3, 4]):\n    print(x, y)",
    "write a lambda": "double = lambda x: x * 2\nprint(double(4))",
    "count the items of a list": "from collections import Counter\n\nprint(Counter([1, 1, 2]))",
}


def table(text: str) -> dict[str, str]:
    """Parse `key:value` entries separated by semicolons."""
    return dict(entry.split(":") for entry in " ".join(text.split()).split("; "))
