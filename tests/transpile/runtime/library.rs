//! needs: random, random_distributions, hashlib, base64, struct_, sequences, itertools, statistics, csv, textwrap, value, tuple
use rt::exc::R;
use rt::pystr::Str;
use rt::traits::*;
use rt::tuple::Tuple;
use rt::value::Value;

fn value(a: &Arg) -> Value {
    match a.0 {
        'i' => Value::Int(a.int()),
        'f' => Value::Float(a.f64()),
        'b' => Value::Bytes(a.bytes().into()),
        't' => Value::Bool(a.bool()),
        _ => Value::Str(a.str()),
    }
}

fn random_all(a: &Arg) -> R<String> {
    let r = rt::random::Random::new();
    match a.0 {
        'i' => r.seed(&a.int()),
        'f' => r.seed_float(a.f64()),
        _ => r.seed_str(&a.str())?,
    }
    let all = |n: i64| (0..n).collect::<Vec<i64>>();
    let three = [1i64, 2, 3];
    let mut out: Vec<Str> = vec![r.random().repr(), r.randint(1, 6)?.repr(), r.randint(-1000000, 1000000)?.repr(), r.randint(0, 1 << 40)?.repr()];
    out.extend([r.randrange(5, None, 1)?.repr(), r.randrange(3, Some(30), 4)?.repr(), r.randrange(30, Some(3), -4)?.repr(), r.choice(&three)?.repr(), r.uniform(-1.0, 1.0).repr()]);
    out.extend([r.gauss(0.0, 1.0).repr(), r.gauss(1.0, 2.0).repr(), r.normalvariate(0.0, 1.0).repr(), r.expovariate(1.5)?.repr()]);
    out.extend([r.betavariate(2.0, 3.0)?.repr(), r.gammavariate(0.5, 1.0)?.repr(), r.gammavariate(1.0, 2.0)?.repr(), r.gammavariate(3.0, 1.0)?.repr()]);
    out.extend([r.paretovariate(3.0).repr(), r.weibullvariate(1.0, 2.0).repr(), r.triangular(0.0, 10.0, Some(3.0)).repr(), r.triangular(0.0, 1.0, None).repr()]);
    out.extend([r.lognormvariate(0.0, 1.0).repr(), r.vonmisesvariate(0.5, 2.0).repr(), r.getrandbits(70)?.repr(), r.sample(&all(10), 4)?.repr(), r.sample(&all(200), 6)?.repr()]);
    out.extend([r.choices(&three, None, 5)?.repr(), r.choices(&three, Some(&[5.0, 1.0, 1.0]), 5)?.repr(), r.randbytes(5)?.repr()]);
    let mut x = all(10);
    r.shuffle(&mut x);
    out.push(x.repr());
    Ok(format!("[{}]", out.iter().map(|s| s.as_str()).collect::<Vec<_>>().join(", ")))
}

fn stat(d: &[f64]) -> R<String> {
    use rt::statistics as s;
    let text = |r: R<f64>| r.map_or_else(|e| e.one_line(), |x| x.repr().to_string());
    let mut out = vec![text(s::mean(d)), text(s::fmean(d)), text(s::median(d)), text(s::median_low(d)), text(s::median_high(d))];
    out.extend([text(s::variance(d, None)), text(s::pvariance(d, None)), text(s::stdev(d, None)), text(s::pstdev(d, None)), text(s::mode(d))]);
    out.push(s::multimode(d).repr().to_string());
    out.extend([text(s::harmonic_mean(d)), text(s::geometric_mean(d))]);
    out.push(if d.len() > 1 { s::quantiles(d, 4, false)?.repr().to_string() } else { "-".into() });
    Ok(out.join(" | "))
}

fn write_csv(a: &[Arg]) -> R<String> {
    use rt::csv::*;
    let cells: Vec<Cell> = a.iter().map(|x| Cell { text: x.str(), numeric: false }).collect();
    let mut out = String::new();
    out.push_str(&row_text(&cells, &Dialect::default())?);
    out.push_str(&row_text(&cells, &Dialect { quoting: Quoting::All, lineterminator: Str::lit("\n"), ..Dialect::default() })?);
    out.push_str(&row_text(&cells, &Dialect { delimiter: ';', ..Dialect::default() })?);
    show(Str::from(out))
}

fn run(op: &str, a: &[Arg]) -> R<String> {
    use rt::{base64 as b64, hashlib as h, itertools as it, sequences as q, struct_ as st, textwrap as tw};
    let s = a[0].str();
    let b = |i: usize| a[i].bytes();
    let width = |i: usize| tw::Options { width: a[i].i64(), ..tw::Options::default() };
    match op {
        "random" => random_all(&a[0]),
        "hash" => Ok(h::new(&s, &b(1))?.hexdigest().to_string()),
        "hmac" => Ok(h::hmac_new(&b(1), &b(2), &s)?.hexdigest()?.to_string()),
        "shake" => Ok(h::new("shake_128", &b(0))?.hexdigest_of(200).to_string()),
        "pbkdf2" => Ok(rt::bytes_methods::hex(&h::pbkdf2_hmac(&Str::lit("sha256"), &b(0), b"salt", 3, None)?).to_string()),
        "b64" => show((b64::b64encode(&b(0)), b64::urlsafe_b64encode(&b(0)), b64::b32encode(&b(0)), b64::b16encode(&b(0)))),
        "b64d" => show(b64::b64decode(&b(0), false)?),
        "b64v" => show(b64::b64decode(&b(0), true)?),
        "b32d" => show(b64::b32decode(&b(0))?),
        "crc" => show((b64::crc32(&b(0), 0), b64::adler32(&b(0), 1))),
        "pack1" => show(st::pack(&s, &[value(&a[1])])?),
        "pack3" => show(st::pack(&s, &[value(&a[1]), value(&a[2]), value(&a[3])])?),
        "unpack" => show(st::unpack(&s, &b(1))?),
        "size" => show(st::calcsize(&s)?),
        "stat" => stat(&a[0].floats()),
        "csvw" => write_csv(a),
        "csvr" => show(rt::csv::reader(s.splitlines(true), &rt::csv::Dialect::default())?),
        "heap" => {
            let x = rt::list::List::from(a[0].ints());
            q::heapify(&x)?;
            let first = x.repr();
            q::heappush(&x, 3)?;
            let n = x.len() / 2;
            let popped: R<Vec<i64>> = (0..n).map(|_| q::heappop(&x)).collect();
            show((first, popped?))
        }
        "bisect" => {
            let mut x = a[0].ints();
            x.sort();
            let v = a[1].i64();
            show((q::bisect_left(&x, &v, 0, None)?, q::bisect_right(&x, &v, 0, None)?))
        }
        "comb" => {
            let v: Vec<Str> = s.split(None, -1)?;
            let t = |rows: Vec<Vec<Str>>| rows.into_iter().map(Tuple::from).collect::<Vec<_>>();
            let r = a[1].i64();
            show((t(it::combinations(&v, r)), t(it::permutations(&v, Some(r))), t(it::combinations_with_replacement(&v, r))))
        }
        "wrap" => show(tw::wrap(&s, &width(1))?),
        "fill" => {
            let o = tw::Options { initial_indent: Str::lit("* "), subsequent_indent: Str::lit("  "), ..width(1) };
            Ok(tw::fill(&s, &o)?.to_string())
        }
        "dedent" => show(tw::dedent(&s)),
        "shorten" => Ok(tw::shorten(&s, a[1].i64(), tw::Options::default())?.to_string()),
        "indent" => show(tw::indent(&s, &Str::lit("> "))),
        _ => Ok("?".to_string()),
    }
}
