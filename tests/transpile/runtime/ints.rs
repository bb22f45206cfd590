//! needs: int, int_div, int_bits, int_text, arith, float, bytes
use rt::exc::R;
use rt::int::Int;
use rt::traits::*;

fn run(op: &str, a: &[Arg]) -> R<String> {
    let x = a[0].int();
    let y = || a[1].int();
    let yes = |b: bool| if b { "True" } else { "False" };
    match op {
        "add" => show(&x + &y()),
        "sub" => show(&x - &y()),
        "mul" => show(&x * &y()),
        "floordiv" => show(x.floordiv(&y())?),
        "mod" => show(x.pymod(&y())?),
        "divmod" => show(x.divmod(&y())?),
        "truediv" => show(x.truediv(&y())?),
        "and" => show(&x & &y()),
        "or" => show(&x | &y()),
        "xor" => show(&x ^ &y()),
        "shl" => show(x.shl(&y())?),
        "shr" => show(x.shr(&y())?),
        "cmp" => {
            let y = y();
            show((x < y, x <= y, x == y, x > y))
        }
        "neg" => show(-&x),
        "invert" => show(!&x),
        "abs" => show(x.abs()),
        "hash" => show(x.py_hash()),
        "float" => show(x.to_f64()?),
        "bits" => show((x.bit_length(), x.bit_count())),
        "bases" => show((rt::int_text::hex(&x), rt::int_text::oct(&x), rt::int_text::bin(&x))),
        "pow" => show(x.pow(&y())?),
        "powmod" => show(x.pow_mod(&y(), &a[2].int())?),
        "gcd" => show(x.gcd(&y())),
        "isqrt" => show(x.isqrt()?),
        "round" => show(x.round(a[1].i64())?),
        "parse" => show(rt::int_text::parse_base(&a[0].str(), a[1].i64())?),
        "fromfloat" => show(rt::float::to_int(a[0].f64())?),
        "cmpf" => {
            let y = a[1].f64();
            Ok(format!("({}, {}, {})", yes(x < y), yes(x == y), yes(x > y)))
        }
        "to_bytes" => show(rt::bytes::Bytes::from(x.to_bytes(a[1].i64(), &a[2].str(), a[3].bool())?)),
        "from_bytes" => show(Int::from_bytes(&a[0].bytes(), &a[1].str(), a[2].bool())?),
        "i64" => {
            let (p, q) = (a[0].i64(), a[1].i64());
            Ok(format!("({}, {}, '{}')", rt::arith::floordiv(p, q)?, rt::arith::pymod(p, q)?, rt::arith::truediv(p, q)?.repr()))
        }
        "len" => show(Int::from(10i64).pow_u(a[0].i64() as u64).to_str().len()),
        _ => Ok("?".to_string()),
    }
}
