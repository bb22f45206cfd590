//! needs: math, json, value
use rt::exc::R;
use rt::math as m;

fn run(op: &str, a: &[Arg]) -> R<String> {
    let x = a[0].f64();
    let y = || a[1].f64();
    match op {
        "sqrt" => show(m::sqrt(x)?),
        "exp" => show(m::exp(x)?),
        "expm1" => show(m::expm1(x)?),
        "exp2" => show(m::exp2(x)?),
        "sin" => show(m::sin(x)?),
        "cos" => show(m::cos(x)?),
        "tan" => show(m::tan(x)?),
        "asin" => show(m::asin(x)?),
        "acos" => show(m::acos(x)?),
        "atan" => show(m::atan(x)),
        "sinh" => show(m::sinh(x)?),
        "cosh" => show(m::cosh(x)?),
        "tanh" => show(m::tanh(x)),
        "asinh" => show(m::asinh(x)),
        "acosh" => show(m::acosh(x)?),
        "atanh" => show(m::atanh(x)?),
        "log" => show(m::log(x)?),
        "log2" => show(m::log2(x)?),
        "log10" => show(m::log10(x)?),
        "log1p" => show(m::log1p(x)?),
        "fabs" => show(m::fabs(x)),
        "cbrt" => show(m::cbrt(x)),
        "degrees" => show(m::degrees(x)),
        "radians" => show(m::radians(x)),
        "floor" => show(m::floor(x)?),
        "ceil" => show(m::ceil(x)?),
        "trunc" => show(m::trunc(x)?),
        "frexp" => show(m::frexp(x)),
        "modf" => show(m::modf(x)),
        "erf" => show(m::erf(x)),
        "erfc" => show(m::erfc(x)),
        "ulp" => show(m::ulp(x)),
        "pow" => show(m::pow(x, y())?),
        "fmod" => show(m::fmod(x, y())?),
        "remainder" => show(m::remainder(x, y())?),
        "atan2" => show(m::atan2(x, y())),
        "copysign" => show(m::copysign(x, y())),
        "nextafter" => show(m::nextafter(x, y())),
        "hypot" => show(m::hypot(&[x, y()])),
        "ldexp" => show(m::ldexp(x, a[1].i64())?),
        "isclose" => show(m::isclose(x, y(), 1e-9, 0.0)?),
        "fsum" => show(m::fsum(a[0].floats())?),
        "norm" => show(m::hypot(&a[0].floats())),
        "factorial" => show(m::factorial(a[0].i64())?),
        "comb" => show(m::comb(a[0].i64(), a[1].i64())?),
        "perm" => show(m::perm(a[0].i64(), a[1].opt())?),
        "lcm" => show(m::lcm(&a[0].int(), &a[1].int())?),
        "logint" => show(m::log_int(&a[0].int(), m::log)?),
        "loads" => show(rt::json::loads(&a[0].str())?),
        "dumps" => {
            let v = rt::json::loads(&a[0].str())?;
            let indent = a[1].opt().and_then(rt::json::spaces);
            let o = rt::json::Options { indent, sort_keys: a[2].bool(), ensure_ascii: a[3].bool(), ..Default::default() };
            Ok(rt::json::dumps(&v, &o)?.to_string())
        }
        "seps" => {
            let v = rt::json::loads(&a[0].str())?;
            let separators = Some((rt::pystr::Str::lit(","), rt::pystr::Str::lit(":")));
            Ok(rt::json::dumps(&v, &rt::json::Options { separators, ..Default::default() })?.to_string())
        }
        _ => Ok("?".to_string()),
    }
}
