//! needs: float, arith, int
use rt::arith;
use rt::exc::R;
use rt::float;
use rt::traits::*;

fn run(op: &str, a: &[Arg]) -> R<String> {
    let x = a[0].f64();
    let y = || a[1].f64();
    match op {
        "repr" => show(x),
        "hash" => show(x.py_hash()),
        "round0" => show(float::round_int(x)?),
        "round" => show(float::round(x, a[1].i64())?),
        "hex" => Ok(float::hex(x).to_string()),
        "ratio" => show(float::as_integer_ratio(x)?),
        "parse" => show(float::parse(&a[0].str())?),
        "floordiv" => show(arith::ffloordiv(x, y())?),
        "mod" => show(arith::fmod(x, y())?),
        "divmod" => show(arith::fdivmod(x, y())?),
        "div" => show(arith::fdiv(x, y())?),
        "pow" => show(arith::powf(x, y())?),
        "isint" => show(float::is_integer(x)),
        "tuplehash" => show((x, a[1].i64(), 3i64).py_hash()),
        _ => Ok("?".to_string()),
    }
}
