// Exceptions that the program defines.
#include <algorithm>

#include "transpiler/emit/translator.h"

namespace sov::transpiler {

/// Exceptions of the program: a descriptor, and fields that travel with the exception as its payload.
void Translator::exception_definition(ClassInfo& root) {
  line("#[derive(Default)]");
  open(strf("struct {}Data {{", root.rust));
  for (const FieldInfo& field : root.fields) line(strf("{}: Field<{}>,", field.rust, rust_type(field.type)));
  close();
  for (ClassInfo* cls : root.family) {
    class_ = cls;
    const std::string base_class =
        cls->bases.empty() ? strf("exc::{}", cls->builtin_base == "IOError" ? "OSError" : cls->builtin_base)
                           : strf("CLASS_{}", cls->bases[0]->rust);
    class_static(*cls, base_class);
    FunctionInfo* init = find_method(*cls, "__init__");
    FunctionInfo* str = find_method(*cls, "__str__");
    std::string names;
    const std::string params = init == nullptr ? "args: Vec<exc::Arg>" : constructor_params(*init, names);
    std::string args = "args";
    if (init != nullptr) {
      args = "vec![";
      for (size_t i = 1; i < init->params.size(); ++i) {
        if (init->params[i].kind == ParamKind::positional && init->params[i].fallback == nullptr)
          args +=
              strf("{}{}", i > 1 ? ", " : "",
                   exception_argument({init->params[i].var->rust, init->params[i].var->type, Form::place}));
      }
      args += "]";
    }
    open(strf("fn new_{}({}) -> Res<Exc> {{", cls->rust, params));
    line(strf("let this = exc::with_args(&CLASS_{}, {}).with_payload(Rc::new({}Data::default()));", cls->rust,
              args, root.rust));
    if (init != nullptr) line(strf("this.{}({})?;", implementation_name(*init), names));
    if (str != nullptr) {
      line(strf("let text = this.{}()?;", implementation_name(*str)));
      line("Ok(this.with_text(text))");
    } else {
      line("Ok(this)");
    }
    close();
    if (cls->method_order.empty()) continue;
    open("impl Exc {");
    class_methods(*cls);
    close();
  }
  line("");
}

}  // namespace sov::transpiler
