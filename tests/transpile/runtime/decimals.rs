//! needs: decimal, decimal_arith, decimal_context, decimal_functions, decimal_text, fmt, int
use rt::decimal::Decimal;
use rt::decimal_context::{self as context, Rounding};
use rt::exc::R;
use rt::fmt::PyFormat;
use rt::traits::*;

fn run(op: &str, a: &[Arg]) -> R<String> {
    if op == "of_float" {
        return Ok(Decimal::from_float(a[0].f64()).repr().to_string());
    }
    let x = Decimal::parse(&a[0].str())?;
    let two = matches!(
        op,
        "add" | "sub" | "mul" | "div" | "floordiv" | "mod" | "cmp" | "lt" | "eq" | "max" | "min" | "pow"
    );
    let prec = a.get(if two { 2 } else { 1 }).filter(|_| two || matches!(op, "sqrt" | "exp" | "ln" | "log10"));
    let context = context::Context::new(prec.map(|p| p.i64()), None)?;
    context.within(|| if two { both(op, &x, &Decimal::parse(&a[1].str())?) } else { one(op, &x, a) })
}

fn both(op: &str, x: &Decimal, y: &Decimal) -> R<String> {
    let made = match op {
        "lt" => return show(x.py_lt(y)?),
        "eq" => return show(x == y),
        "add" => x.add(y)?,
        "sub" => x.sub(y)?,
        "mul" => x.mul(y)?,
        "div" => x.div(y)?,
        "floordiv" => x.floordiv(y)?,
        "mod" => x.modulo(y)?,
        "cmp" => x.compare(y),
        "max" => x.larger(y, true)?,
        "min" => x.larger(y, false)?,
        _ => x.pow(y)?,
    };
    Ok(made.repr().to_string())
}

fn one(op: &str, x: &Decimal, a: &[Arg]) -> R<String> {
    let made = match op {
        "neg" => return show_text(x.neg()?),
        "abs" => return show_text(x.abs()?),
        "pos" => return show_text(x.pos()?),
        "norm" => return show_text(x.normalize()?),
        "hash" => return show(if x.is_nan() { 0 } else { x.py_hash() }),
        "int" => return show(x.whole(Rounding::Down)?),
        "float" => return show(x.to_float()?),
        "round" => return show(x.whole(Rounding::HalfEven)?),
        "floor" => return show(x.whole(Rounding::Floor)?),
        "adjusted" => return show(x.adjusted()),
        "eng" => return Ok(x.to_eng_string().to_string()),
        "class" => return Ok(x.number_class().to_string()),
        "truth" => return show(x.truth()),
        "format" => return Ok(x.py_format(&a[1].str())?.to_string()),
        "eq_float" => return show(*x == Decimal::from_float(a[1].f64())),
        "round_to" => x.round_to(a[1].i64())?,
        "integral" => x.to_integral(Some(&a[1].str()))?,
        "quantize" => x.quantize(&Decimal::parse(&a[1].str())?, Some(&a[2].str()))?,
        "sqrt" => x.sqrt()?,
        "exp" => x.exp()?,
        "ln" => x.ln()?,
        "log10" => x.log10()?,
        _ => x.clone(),
    };
    Ok(made.repr().to_string())
}

fn show_text(x: Decimal) -> R<String> {
    Ok(x.to_str().to_string())
}
