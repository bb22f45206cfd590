#!/usr/bin/env python3
"""Renders chat templates with Python's jinja2, set up as transformers does it, and writes what came out.

Made with jinja2 3.1.6 and transformers 5.24. Usage: chat_templates.py > tests/golden/chat_templates/cases.json
A case: {"template": file name or source, "context": {...}, "output": text} or {"error": true}. With "request": true it
was rendered by render_jinja_template, the core of apply_chat_template, with "continue": true continuing the last message.
"""
import json
import pathlib
import sys
from datetime import datetime, timezone

from transformers.utils import chat_template_utils

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
NOW = 1700000000

TOOL = {"type": "function", "function": {
    "name": "get_weather", "description": "Weather of a place, in <b>plain</b> words & numbers.",
    "parameters": {"type": "object", "properties": {
        "city": {"type": "string", "description": "The city, e.g. Zürich"},
        "days": {"type": "integer", "description": "How far ahead"},
        "unit": {"type": "string", "enum": ["celsius", "fahrenheit"], "description": "Unit"}},
        "required": ["city"]}}}
CALL = {"role": "assistant", "content": "", "tool_calls": [
    {"id": "call12345", "type": "function", "function": {"name": "get_weather", "arguments": {"city": "Zürich", "days": 2}}}]}
CALL_NONE = dict(CALL, content=None)
CONVERSATIONS = {
    "one": [{"role": "user", "content": "Hello, wörld! 😀"}],
    "system": [{"role": "system", "content": "Be \"brief\".\n"}, {"role": "user", "content": " padded \n"}],
    "turns": [{"role": "system", "content": "You count."}, {"role": "user", "content": "one"},
              {"role": "assistant", "content": "two"}, {"role": "user", "content": "three"},
              {"role": "assistant", "content": "four"}, {"role": "user", "content": "five"}],
    "assistant_last": [{"role": "user", "content": "Say hi"}, {"role": "assistant", "content": "hi"}],
    "tools": [{"role": "user", "content": "Weather in Zürich?"}, CALL,
              {"role": "tool", "tool_call_id": "call12345", "name": "get_weather", "content": "{\"temp\": 21.5}"},
              {"role": "assistant", "content": "21.5 degrees."}, {"role": "user", "content": "Thanks"}],
    "tools_none": [{"role": "system", "content": "S"}, {"role": "user", "content": "Weather?"}, CALL_NONE,
                   {"role": "tool", "tool_call_id": "call12345", "content": "sunny"}],
    "reasoning": [{"role": "user", "content": "2+2?"},
                  {"role": "assistant", "content": "4", "reasoning_content": "Adding two and two."},
                  {"role": "user", "content": "Sure?"},
                  {"role": "assistant", "content": "<think>\nhm\n</think>\n\nYes."}, {"role": "user", "content": "Ok"}],
    "parts": [{"role": "user", "content": [{"type": "text", "text": "Look"}, {"type": "text", "text": "here"}]}],
    "bad_order": [{"role": "assistant", "content": "I start"}, {"role": "assistant", "content": "again"}],
    "empty": [],
}
DOCUMENTS = [{"doc_id": 1, "title": "Füllung", "text": "Line one.\nLine two <b>&amp;</b>."}, {"title": "", "text": "Second \"text\"."}]
REQUESTS = {
    "thinking": [{"role": "user", "content": "2+2?"}, dict(CALL, thinking="Which tool?"),
                 {"role": "tool", "tool_call_id": "call12345", "name": "get_weather", "content": "4"},
                 {"role": "assistant", "content": "Four.", "reasoning": "The tool said so."}, {"role": "user", "content": "Ok"}],
    "prefill": [{"role": "user", "content": "Count"}, {"role": "assistant", "content": "One, two,"}],
    "prefill_spaces": [{"role": "user", "content": "Count"}, {"role": "assistant", "content": " One, two, \n"}],
    "prefill_repeats": [{"role": "user", "content": "hi"}, {"role": "assistant", "content": "hi"}],
    "prefill_reasoning": [{"role": "user", "content": "2+2?"}, {"role": "assistant", "content": "It is", "reasoning_content": "Adding."}],
    "prefill_parts": [{"role": "user", "content": "Look"}, {"role": "assistant", "content": [
        {"type": "text", "text": "I"}, {"type": "text", "text": "see"}, {"type": "image"}]}],
    "prefill_none": [{"role": "user", "content": "Weather?"}, CALL_NONE],
    "empty": [],
}
MICRO = [
    "{{ 1 + 2 * 3 - 4 / 2 }} {{ 7 // 2 }} {{ -7 // 2 }} {{ -7 % 3 }} {{ 2 ** 10 }} {{ 1e3 }} {{ 1.5 ~ 'x' ~ none ~ true }}",
    "{% for i in range(5) if i != 2 %}{{ loop.index }}:{{ i }}{{ ',' if not loop.last }}{% else %}none{% endfor %}",
    "{% for k, v in {'a': 1, 'b': [1, 'x']}.items() %}{{ k }}={{ v }};{% endfor %}",
    "{% set ns = namespace(n=0) %}{% for i in [1,2,3] %}{% set ns.n = ns.n + i %}{% endfor %}{{ ns.n }}",
    "{% set x = 1 %}{% for i in [1,2] %}{% set x = x + 1 %}{{ x }}{% endfor %}{{ x }}",
    "{% macro m(a, b='B', c=none) %}[{{ a }}|{{ b }}|{{ c }}|{{ varargs }}|{{ kwargs }}]{% endmacro %}{{ m(1) }}{{ m(1,2,3,4,k=5) }}",
    "{% macro w() %}<{{ caller() }}>{% endmacro %}{% call w() %}in{% endcall %}",
    "{{ 'Hello'[1:3] }} {{ 'Hello'[::-1] }} {{ [1,2,3,4][-2:] }} {{ [1,2,3][5:] }} {{ 'héllo'[1] }} {{ (1,2,3)[::2] }}",
    "{{ ' a b '.strip() }}|{{ 'a,b,c'.split(',') }}|{{ 'abc'.startswith('ab') }}|{{ 'x'.join(['1','2']) }}|{{ 'aXbX'.replace('X', '-') }}",
    "{{ [3,1,2]|sort }} {{ [3,1,2]|sort(reverse=true) }} {{ ['b','A']|sort }} {{ [1,2,3]|sum }} {{ [1,2]|length }} {{ 'abc'|length }}",
    "{{ [{'a': 1}, {'a': 2}]|map(attribute='a')|list }} {{ ['a','b']|map('upper')|join('-') }}",
    "{{ [{'r': 'u'}, {'r': 's'}]|selectattr('r', 'equalto', 's')|list }} {{ [1,2,3,4]|select('odd')|list }} {{ [0,1]|reject|list }}",
    "{{ {'a': [1, 2.5, none, true, 'ü\"\\n'], 'b': {}} | tojson }}",
    "{{ {'b': 1, 'a': [1, {'c': []}]} | tojson(indent=2) }}|{{ {'b': 1, 'a': 2}|tojson(sort_keys=true, separators=(',', ':')) }}",
    "{{ undefined_name }}|{{ undefined_name is defined }}|{{ undefined_name|default('d') }}|{{ ''|default('e', true) }}|{{ none|default('f') }}",
    "{{ undefined_name.attribute }}", "{{ 1 / 0 }}", "{{ 'a' + 1 }}", "{{ raise_exception('no!') }}", "{{ [1].append(2) }}",
    "{% if a %}", "{{ 'unclosed }}", "{% for %}{% endfor %}", "{{ 1|nofilter }}", "{{ undefined_name + 1 }}",
    "{{ [1, 'a', 2.0, none, true, (1,), {}] }} {{ \"it's\" }} {{ [\"it's\", 'q\"', 'b\\\\', '\\n\\t'] }}",
    "{{ 1 if false }}|{{ 'y' if 1 else 'n' }}|{{ 1 in [1,2] }}|{{ 'b' not in 'abc' }}|{{ 1 < 2 < 3 }}|{{ not true or false }}",
    "a  {%- if true -%}  b  {%- endif %}  c\n  {% if true %}\n  d\n  {% endif %}\ne\n{# comment #}\nf{{- ' g ' -}} h",
    "{% raw %}{{ x }}{% endraw %}{% filter upper %}abc{{ 1 }}{% endfilter %}{% set t %}body{{ 2 }}{% endset %}{{ t }}",
    "{% for x in [1,2,3,4] %}{% if x == 2 %}{% continue %}{% endif %}{% if x == 4 %}{% break %}{% endif %}{{ x }}{% endfor %}",
    "{% with a = 1, b = 2 %}{{ a + b }}{% endwith %}{{ a }}", "{% generation %}hi{% endgeneration %}!",
    "{% for item in [{'n': 'a', 'c': [{'n': 'b', 'c': []}]}] recursive %}({{ item.n }}{{ loop(item.c) }}{{ loop.depth }}){% endfor %}",
    "{% for x in ['a','a','b'] %}{{ loop.cycle('o','e') }}{{ loop.changed(x) }}{{ loop.previtem }}{{ loop.nextitem }}{{ loop.revindex }}{% endfor %}",
    "{{ strftime_now('%Y-%m-%d %d %b %Y') }}", "{{ '%s is %d and %.2f %%'|format('x', 3, 2.5) }} {{ '%05d' % 42 }} {{ '%(k)s' % {'k': 'v'} }}",
    "{{ 3.7|int }} {{ '12'|int + 1 }} {{ 'x'|int(5) }} {{ 2.5|round }} {{ 3.14159|round(2) }} {{ -3|abs }} {{ '1.5'|float }}",
    "{{ 'line1\\nline2\\n\\nl4'|indent(2) }}|{{ 'a\\nb'|indent(2, true) }}|{{ ' x '|trim }}|{{ 'hello world'|capitalize }}",
    "{{ [1,1,2]|unique|list }} {{ [1,2,3]|first }} {{ [1,2,3]|last }} {{ 'abc'|reverse }} {{ {'b':1,'a':2}|dictsort }} {{ {'k':1}|items|list }}",
    "{{ 'Straße ÀÉ'.upper() }} {{ 'HELLO wORLD'.title() }} {{ 'abc'.find('c') }} {{ 'a b  c'.split() }} {{ 'a-b-c'.rsplit('-', 1) }} {{ 'x{}y{}'.format(1, 'b') }}",
    "{{ 1 is number }} {{ 'a' is string }} {{ [1] is iterable }} {{ {} is mapping }} {{ none is none }} {{ 4 is even }} {{ 4 is divisibleby 2 }} {{ 1.0 is float }}",
    "{{ 0.1 + 0.2 }} {{ 1e16 }} {{ 1e-5 }} {{ 100000.0 }} {{ 1e22 }} {{ 5 / 2 }} {{ 4 / 2 }} {{ 2.0 ** 0.5 }}",
    "{% set a, b = 1, 2 %}{{ a }}{{ b }}{% for a, b in [(1,2),(3,4)] %}{{ a }}{{ b }}{% endfor %}{{ [1,2] + [3] }}{{ 'ab' * 3 }}{{ [0] * 2 }}",
    "{{ messages|length }}{{ messages[0].role }}{{ messages[0]['content'] }}{{ messages[-1].missing is defined }}{{ messages[0].get('x', 'y') }}",
    "{{ {'items': 5}['items'] }} {{ {'a': 1}.keys()|list }} {{ {'a': 1}.values()|list }} {{ {'a': {'b': 3}}.a.b }} {{ {1: 'x'}[1] }}",
]


def environment_render(source, context):
    template = chat_template_utils._compile_jinja_template(source)
    template.environment.globals["strftime_now"] = lambda form: datetime.fromtimestamp(NOW, timezone.utc).strftime(form)
    return template.render(**context)


def case(template, source, context):
    row = {"template": template, "context": context}
    try:
        row["output"] = environment_render(source, context)
    except Exception:
        row["error"] = True
    return row


def request_case(template, source, context, final):
    row = {"template": template, "context": context, "request": True, "continue": final}
    arguments = {key: value for key, value in context.items() if key != "messages"}
    compiled = chat_template_utils._compile_jinja_template(source)
    compiled.environment.globals["strftime_now"] = lambda form: datetime.fromtimestamp(NOW, timezone.utc).strftime(form)
    try:
        texts, _ = chat_template_utils.render_jinja_template(conversations=[context["messages"]], chat_template=source,
                                                             continue_final_message=final, **arguments)
        row["output"] = texts[0]
    except Exception:
        row["error"] = True
    return row


def request_cases(base):
    for path in sorted((ROOT / "tests/data/templates").glob("*.jinja")):
        for name, messages in {**REQUESTS, "tools": CONVERSATIONS["tools"], "system": CONVERSATIONS["system"]}.items():
            final = name.startswith("prefill") or name == "empty"
            context = dict(base, messages=messages, add_generation_prompt=not final)
            yield request_case(path.name, path.read_text(), context, final)
            if name in ("system", "tools", "prefill"):
                yield request_case(path.name, path.read_text(), dict(context, documents=DOCUMENTS), final)
                yield request_case(path.name, path.read_text(), dict(context, documents=DOCUMENTS, tools=[TOOL]), final)


def main():
    cases = []
    base = {"bos_token": "<s>", "eos_token": "</s>"}
    for path in sorted((ROOT / "tests/data/templates").glob("*.jinja")):
        for name, messages in CONVERSATIONS.items():
            for generation in (False, True):
                for tools in (None, [TOOL]):
                    if tools and name not in ("one", "tools", "tools_none", "system"):
                        continue
                    context = dict(base, messages=messages, add_generation_prompt=generation)
                    if tools:
                        context["tools"] = tools
                    cases.append(case(path.name, path.read_text(), context))
    for source in MICRO:
        cases.append(case(source, source, dict(base, messages=CONVERSATIONS["turns"])))
    cases.extend(request_cases(base))
    json.dump(cases, sys.stdout, ensure_ascii=False, separators=(",", ":"))


if __name__ == "__main__":
    main()
