"""Pools of wordings; the second list of each pair is reserved for evaluation."""
from __future__ import annotations

CODE_REQUESTS = ([
    "Write a Python function to {goal}.", "Write a Python function to {goal}:", "Write a Python function to {goal}",
    "Write a function to {goal}.", "Write a function that {goals}.", "Write a function that {goals}",
    "Write a Python function that {goals}.", "Write a Python function that {goals}",
    "Can you write a function to {goal}?", "Please write a Python function that {goals}.",
    "How do I {goal} in Python?", "Give me a function that {goals}.", "I need a function to {goal}.",
    "Create a function that {goals}.", "Implement a function to {goal}.", "Show me how to {goal} in Python.",
    "python function to {goal}", "write code to {goal}", "function that {goals}", "{Goal} in Python.",
    "{Goal}.", "Write Python code to {goal}.", "Define a function that {goals}.", "Could you write a function that {goals}?",
    "Write a function called `{name}` that {goals}.", "Write `{signature}` that {goals}.",
    "Write a Python function named {name} to {goal}.", "I want a Python function to {goal}.",
    "Help me write a function that {goals}.", "I am looking for a function that {goals}.", "Code a function to {goal}.",
    "Produce Python code to {goal}.", "What is a Python function to {goal}?", "Make a Python function that {goals}.",
    "Please create a function to {goal}.", "Could you show me code to {goal}?", "We need a Python function that {goals}.",
], [
    "Please give me a Python function to {goal}.", "I would like a Python function that {goals}.",
    "Can you show me a function that {goals}?", "Please implement a Python function to {goal}.",
])
CLASS_REQUESTS = ([
    "Write a Python class for {goal}.", "Write a class for {goal}.", "Create a class that represents {goal}.",
    "Implement {goal} in Python.", "Write a Python class that models {goal}.", "Implement a class for {goal}.",
    "Write a class called `{name}` for {goal}.", "Can you write a class for {goal}?", "How do I write a class for {goal}?",
], ["Please give me a Python class for {goal}.", "I would like a Python class for {goal}."])
STYLE_SUFFIXES = {
    "loop": (" Use a loop.", "It uses a loop."),
    "while": (" Use a while loop.", "It uses a while loop."),
    "recursive": (" Use recursion.", "It calls itself recursively."),
    "comprehension": (" Use a comprehension.", "It uses a comprehension."),
    "builtin": (" Use built-in functions.", "It uses what Python has built in."),
    "branch": ("", "It uses simple conditions."),
    "try": ("", "It catches the exception."),
    "direct": ("", ""),
}
EXPLAIN_REQUESTS = ["What does this function do?", "Explain this function.", "Explain this code.",
                    "What does this code do?", "Can you explain this function?", "Describe this function."]
TEST_REQUESTS = ["Write tests for this function.", "Write tests for it.", "Add some tests.",
                 "Write assert statements for it.", "Can you test it?"]
HINT_REQUESTS = ["Add type hints.", "Can you add type hints?", "Now add type hints."]
DOC_REQUESTS = ["Add a docstring.", "Can you add a docstring?", "Now add a docstring."]

CAPITAL = ([
    "What is the capital of {0}?", "What's the capital of {0}?", "what is the capital of {0}", "capital of {0}",
    "Which city is the capital of {0}?", "Name the capital of {0}.", "Tell me the capital of {0}.",
    "What is {0}'s capital?", "Capital of {0}?", "The capital of {0} is what?",
], ["Do you know the capital of {0}?", "Can you name the capital of {0}?"])
CURRENCY = ([
    "What is the currency of {0}?", "Which currency is used in {0}?", "What currency does {0} use?", "currency of {0}",
], ["Do you know the currency of {0}?"])
CONTINENT = ([
    "Which continent is {0} in?", "On which continent is {0}?", "What continent is {0} in?", "Where is {0}?",
], ["Do you know which continent {0} is in?"])
OPPOSITE = ([
    "What is the opposite of {0}?", "opposite of {0}", "What's the opposite of {0}?", "Tell me the opposite of {0}.",
], ["Do you know the opposite of {0}?"])
COLOUR = (["What color is {0}?", "What colour is {0}?", "Which color is {0}?"], ["Tell me what color {0} is."])
UNIT = (["How many {0} are in {1}?", "How many {0} are there in {1}?", "how many {0} in {1}"],
        ["Tell me how many {0} there are in {1}."])
HAVE = (["How many {0} does {1} have?", "how many {0} does {1} have"], ["Tell me how many {0} {1} has."])
CONCEPT = (["What is {0}?", "what is {0}", "Explain {0}.", "What's {0}?", "Define {0}.", "Can you explain {0}?",
            "Explain what {0} is."], ["Tell me what {0} is.", "Do you know what {0} is?"])
AFTER = (["What day comes after {0}?", "Which day is after {0}?"], ["Tell me the day after {0}."])
BEFORE = (["What day comes before {0}?", "Which day is before {0}?"], ["Tell me the day before {0}."])
AFTER_MONTH = (["What month comes after {0}?", "Which month is after {0}?"], ["Tell me the month after {0}."])
# Before a question of fact: {0} as it is, {1} inside a sentence.
LEAD_INS = ["Question: {0}", "Hey, {1}?", "A quick question: {1}?", "Please answer: {0}", "I wonder: {1}?", "Say, {1}?",
            "Can you tell me {1}?", "Please tell me, {1}?", "I want to know: {1}?", "Tell me, {1}.", "{1}, please?",
            "Could you answer this? {0}", "I would like to know {1}.", "So, {1}?", "Do you remember {1}?"]
SNIPPET = ["How do I {0} in Python?", "How can I {0} in Python?", "Show me how to {0} in Python.",
           "how to {0} in python", "Show me Python code to {0}.", "Write Python code to {0}.", "How do I {0}?"]

ARITHMETIC = ["What is {a} {op} {b}?", "What is {a} {op} {b}?", "what is {a} {op} {b}", "{a} {op} {b}", "{a} {op} {b} = ?",
              "Calculate {a} {op} {b}.", "Compute {a} {op} {b}.", "How much is {a} {op} {b}?", "What's {a} {op} {b}?",
              "{a}{op}{b}", "{a} {op} {b} ="]
OPERATORS = {"+": ["+", "+", "+", "plus"], "-": ["-", "-", "-", "minus"], "*": ["*", "*", "x", "times"],
             "/": ["/", "/", "divided by"]}

GREETINGS = {
    "Hello": "Hello! How can I help you?", "Hi": "Hi! How can I help you?", "Hey": "Hey! How can I help you?",
    "Hello!": "Hello! How can I help you?", "Hi there": "Hi there! How can I help you?", "hello": "Hello! How can I help you?",
    "hi": "Hi! How can I help you?", "Good morning": "Good morning! How can I help you?",
    "Good evening": "Good evening! How can I help you?", "Hello there!": "Hello! How can I help you?",
    "Hi!": "Hi! How can I help you?", "hey": "Hey! How can I help you?", "Good afternoon": "Good afternoon! How can I help you?",
    "How are you?": "I am a program, so I have no feelings, but I am ready to help.",
    "How are you": "I am a program, so I have no feelings, but I am ready to help.",
    "Hello, how are you?": "Hello! I am a program, so I have no feelings, but I am ready to help.",
    "What's up?": "I am ready to help. What do you need?",
    "Thanks": "You are welcome!", "Thank you": "You are welcome!", "Thank you!": "You are welcome!", "thanks!": "You are welcome!",
    "Great, thanks.": "You are welcome!", "Bye": "Goodbye!", "Goodbye": "Goodbye!", "See you later": "See you later!",
    "Good night": "Good night!", "Nice to meet you": "Nice to meet you too!", "Ok": "Is there anything else that I can help with?",
    "Yes": "What can I do for you?", "No": "All right.", "Sorry": "No problem.", "test": "The test works. How can I help you?",
    "Can you help me?": "Yes. I can write short Python functions, do small arithmetic and answer simple questions.",
    "Help": "I can write short Python functions, do small arithmetic and answer simple questions.",
    "I need help": "What do you need? I can write short Python functions and answer simple questions.",
}
WHO = "I am {model}, a small language model that ships with Sovereign."
CAN = "I can write short Python functions, explain them, do small arithmetic and answer a few simple questions."
CANNOT = "I am very small. I know few facts, I make mistakes, and I cannot search the internet."
SELF = {
    "Who are you?": WHO, "What are you?": WHO, "What is your name?": "My name is {model}. " + WHO, "who are you": WHO,
    "Introduce yourself.": WHO + " " + CAN, "Tell me about yourself.": WHO + " " + CAN, "What's your name?": "My name is {model}. " + WHO,
    "What can you do?": CAN, "what can you do": CAN, "How can you help me?": CAN, "What are you good at?": CAN,
    "What can you not do?": CANNOT, "What are your limits?": CANNOT, "Are you always right?": "No. " + CANNOT,
    "Are you smart?": CANNOT, "Are you a human?": "No. " + WHO, "Are you a robot?": "I am a computer program. " + WHO,
    "Are you ChatGPT?": "No. " + WHO, "Are you an AI?": "Yes. " + WHO, "Are you GPT-4?": "No. " + WHO,
    "Who made you?": "I was trained for the Sovereign project on text made by scripts.",
    "Who created you?": "I was trained for the Sovereign project on text made by scripts.",
    "How were you trained?": "I was trained from scratch on text made by scripts for the Sovereign project.",
    "What data were you trained on?": "I was trained on Python functions, arithmetic and simple questions made by scripts.",
    "How big are you?": "I have about {size} million parameters, which is very small.",
    "How many parameters do you have?": "I have about {size} million parameters, which is very small.",
    "Which model are you?": WHO, "Do you have feelings?": "No. I am a computer program.",
    "Can you browse the internet?": "No. I cannot access the internet.", "Do you speak German?": "No. I only know English and Python.",
    "Do you speak French?": "No. I only know English and Python.", "Can you write Java code?": "No. I only know Python.",
    "Can you write C++ code?": "No. I only know Python.", "Which languages do you know?": "I know English and Python.",
}
UNKNOWN_NOW = "I do not know that. I cannot see the clock, the news or the internet."
UNKNOWN = {
    "What is the weather today?": UNKNOWN_NOW, "What time is it?": UNKNOWN_NOW, "What is today's date?": UNKNOWN_NOW,
    "What day is it today?": UNKNOWN_NOW, "Who won the game yesterday?": UNKNOWN_NOW, "What is the latest news?": UNKNOWN_NOW,
    "What is the price of gold?": UNKNOWN_NOW, "Who is the president?": UNKNOWN_NOW, "What is my name?": "I do not know that.",
    "Where do I live?": "I do not know that.", "How old am I?": "I do not know that.", "What am I thinking?": "I do not know that.",
    "What is the meaning of life?": "I do not know that.", "Who will win the election?": "I do not know that.",
    "What is the stock price?": UNKNOWN_NOW, "What did I eat today?": "I do not know that.",
    "Will it rain tomorrow?": UNKNOWN_NOW, "What are the lottery numbers?": "I do not know that.",
    "Write a poem.": "I am too small to write good poems. I can write short Python functions.",
    "Tell me a story.": "I am too small to write good stories. I can write short Python functions.",
    "Write an essay about history.": "I am too small to write essays. I can write short Python functions.",
    "Write a web server.": "That is too much for me. I can write short Python functions.",
    "Write an operating system.": "That is too much for me. I can write short Python functions.",
    "Translate this to German.": "I cannot translate. I only know English and Python.",
    "Tell me a joke.": "I do not know good jokes. I can write short Python functions.",
    "Summarize this book.": "I cannot do that. I can write short Python functions.",
}
TOPICS = """the French Revolution|the Roman Empire|Napoleon|Shakespeare|football|cooking|quantum physics|black holes|
dinosaurs|the stock market|climate change|photosynthesis|the moon|Einstein|Mozart|painting|jazz|chess|astronomy|
gardening|the Olympics|medieval history|philosophy|economics|politics|movies|biology|chemistry|DNA|volcanoes|whales|
the Second World War|poetry|fashion|travel in Asia|the Great Wall|electric cars|batteries|vaccines|law|taxes|
the human brain|dogs and cats|football clubs|wine|coffee|bread|yoga|marathons|rockets|Mars|religion|music theory|
mathematics|geometry|trains|airplanes|bridges|the ocean|mountains|rivers|deserts|birds|trees|flowers|cheese"""
TOPIC_FORMS = ["Tell me about {0}.", "What do you know about {0}?", "Explain {0} to me.", "Tell me something about {0}",
               "Write about {0}.", "How does {0} work?", "Give me information about {0}.", "What happened in {0}?",
               "Why is {0} important?", "Write a paragraph about {0}."]
TOPIC_ANSWER = "I do not know enough about that. I can write short Python functions and answer a few simple questions."
SYSTEMS = ["You are a helpful assistant.", "You are a helpful assistant.", "You are a coding assistant.",
           "You are a helpful coding assistant.", "You are {model}, a small language model.", "You are a Python expert.",
           "Answer briefly.", "You are an AI assistant.", "You are a friendly assistant.", "Be concise."]
