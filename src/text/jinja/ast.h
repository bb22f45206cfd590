#pragma once
// The parsed template. Nodes are uniform: a kind and children.

#include <memory>
#include <string>
#include <vector>

#include "text/jinja/value.h"

namespace sov::text::jinja {

struct Expr;
struct Stmt;
using ExprPtr = std::unique_ptr<Expr>;
using StmtPtr = std::unique_ptr<Stmt>;
using Body = std::vector<StmtPtr>;

struct NamedArg {
  std::string name;
  ExprPtr value;
};

struct CallArgs {
  std::vector<ExprPtr> positional;
  std::vector<NamedArg> named;
  ExprPtr star, star_star;
};

enum class Op {
  add,
  sub,
  mul,
  div,
  floordiv,
  mod,
  pow,
  eq,
  ne,
  lt,
  le,
  gt,
  ge,
  in,
  not_in,
  neg,
  pos,
  not_,
  and_,
  or_
};

/// Names are numbers within a template; these four are the same in all of them.
enum NameId : int { kLoop = 0, kCaller = 1, kVarargs = 2, kKwargs = 3 };

/// Whether output is escaped for HTML: known from the text, or only once {% autoescape EXPR %} has run.
enum class Escape { no, yes, at_run_time };

enum class ExprKind {
  constant,     // constant
  data,         // constant: template text
  name,         // name
  ns_attr,      // name.attr as an assignment target: name, attr
  unary,        // op, items[0]
  binary,       // op, items[0..1]; also and_, or_
  concat,       // items
  compare,      // items[0], then ops[i] items[i + 1]
  conditional,  // items: test, then, else (may be null)
  list,
  tuple,  // items
  dict,   // items: key, value, key, value, ...
  get_attr,
  get_item,  // items[0]; name or items[1]
  slice,     // items: value, start, stop, step (the last three may be null)
  call,      // items[0], args
  filter,    // items[0] (null: the text of a block), name, args
  test,      // items[0], name, args
};

struct Expr {
  Expr(ExprKind k, int at) : kind(k), line(at) {}

  ExprKind kind;
  int line;
  Op op = Op::add;
  int depth = 1;               // of the tree below, bounded by the parser
  int id = -1;                 // name: its NameId; filter, test: which one, -1 when there is none
  Escape escape = Escape::no;  // concat
  std::string name, attr;
  Value constant;
  std::vector<ExprPtr> items;
  std::vector<Op> ops;
  std::unique_ptr<CallArgs> args;
};

enum class StmtKind {
  output,        // exprs
  set,           // target = value
  set_block,     // target, value (filter or null), body
  for_,          // target, value (iterable), test, body, orelse, recursive
  if_,           // exprs[i] is the condition of bodies[i]; orelse
  macro,         // name, params, defaults, body
  call_block,    // value (call; null for {% generation %}), params, defaults, body
  filter_block,  // value (filter), body
  with,          // exprs = values, body
  autoescape,    // value, body
  scope,         // body
  block,         // name, scoped, body
  break_,
  continue_,
};

struct Stmt {
  Stmt(StmtKind k, int at) : kind(k), line(at) {}

  StmtKind kind;
  int line;
  int id = -1;  // macro: the NameId of its name
  std::string name;
  ExprPtr target, value, test;
  std::vector<ExprPtr> exprs, values;  // values: of `with`; defaults of parameters (aligned to the right)
  Body body, orelse;
  std::vector<Body> bodies;
  std::vector<int> hidden, hidden_in_else;  // see Frame in parser.h
  bool recursive = false, scoped = false, required = false;
  bool uses_caller = false, uses_varargs = false,
       uses_kwargs = false;    // macro, call_block: names of the body
  Escape escape = Escape::no;  // of what the body writes
};

struct Template {
  Body body;
  std::vector<std::string> names;  // by NameId
  std::vector<int> hidden;
};

}  // namespace sov::text::jinja
