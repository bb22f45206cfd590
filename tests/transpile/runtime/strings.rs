//! needs: pystr, strm, strcase, bytes, bytes_methods, codecs, translation, value
use rt::bytes::{ByteArray, Bytes};
use rt::bytes_methods as bm;
use rt::exc::R;
use rt::pystr::Str;

fn run(op: &str, a: &[Arg]) -> R<String> {
    let s = a[0].str();
    let t = |i: usize| a[i].str();
    let n = |i: usize| a[i].opt();
    let b = |i: usize| a[i].bytes();
    let bytes = |x: Vec<u8>| Bytes::from(x);
    match op {
        "lower" => show(s.lower()),
        "upper" => show(s.upper()),
        "casefold" => show(s.casefold()),
        "capitalize" => show(s.capitalize()),
        "title" => show(s.title()),
        "swapcase" => show(s.swapcase()),
        "isalpha" => show(s.isalpha()),
        "isdigit" => show(s.isdigit()),
        "isdecimal" => show(s.isdecimal()),
        "isnumeric" => show(s.isnumeric()),
        "isalnum" => show(s.isalnum()),
        "isspace" => show(s.isspace()),
        "islower" => show(s.islower()),
        "isupper" => show(s.isupper()),
        "istitle" => show(s.istitle()),
        "isascii" => show(s.isascii()),
        "isprintable" => show(s.isprintable()),
        "isidentifier" => show(s.isidentifier()),
        "strip" => show(s.strip(None)),
        "lstrip" => show(s.lstrip(None)),
        "rstrip" => show(s.rstrip(None)),
        "split" => show(s.split(None, -1)?),
        "rsplit" => show(s.rsplit(None, -1)?),
        "splitlines" => show(s.splitlines(false)),
        "splitlines1" => show(s.splitlines(true)),
        "repr" => show(s),
        "find" => show((
            s.find(&t(1), n(2), n(3)),
            s.rfind(&t(1), n(2), n(3)),
            s.count(&t(1), n(2), n(3)),
            s.startswith(&t(1), n(2), n(3)),
            s.endswith(&t(1), n(2), n(3)),
        )),
        "index" => show(s.index(&t(1), n(2), n(3))?),
        "replace" => show(s.replace(&t(1), &t(2), a[3].i64())),
        "split2" => show(s.split(a[1].opt_str().as_ref(), a[2].i64())?),
        "rsplit2" => show(s.rsplit(a[1].opt_str().as_ref(), a[2].i64())?),
        "partition" => show(s.partition(&t(1))?),
        "rpartition" => show(s.rpartition(&t(1))?),
        "strip2" => show((s.strip(Some(&t(1))), s.lstrip(Some(&t(1))), s.rstrip(Some(&t(1))))),
        "pad" => {
            let (w, f) = (a[1].i64(), t(2));
            show((s.ljust(w, Some(&f))?, s.rjust(w, Some(&f))?, s.center(w, Some(&f))?, s.zfill(w)))
        }
        "slice" => show(s.slice(n(1), n(2), n(3))?),
        "get" => show(s.get(a[1].i64())?),
        "ord" => show(s.ord()?),
        "order_to" => {
            let c = t(1).as_str().chars().next().unwrap();
            show((s.order_to(c).is_lt(), s.order_to(c).is_eq(), s.order_to(c).is_gt()))
        }
        "char_at" => show(Str::from_char(s.char_at(a[1].i64())?)),
        "digits" => show(Str::from_i64(a[0].i64())),
        "words" => show((s.split(None, -1)?, s.split(Some(&t(1)), -1)?, s.splitlines(false), s.strip(Some(&t(1))))),
        "chr" => show(rt::pystr::chr(a[0].i64())?),
        "expandtabs" => show(s.expandtabs(a[1].i64())),
        "prefix" => show((s.removeprefix(&t(1)), s.removesuffix(&t(1)))),
        "join" => show(s.join([t(1), t(2), s.clone()])),
        "append" => {
            let mut x = s.clone();
            x.push(&t(1));
            x.push(&s);
            show(x)
        }
        "len" => show(s.len()),
        "mul" => show(s.repeat(a[1].i64())),
        "encode" => show(s.encode(&t(1), &t(2))?),
        "decode" => show(bytes(b(0)).decode(&t(1), &t(2))?),
        "translate" => show(rt::translation::translate(&s, &rt::value::Value::Dict(rt::translation::maketrans(&rt::value::Value::Str(t(1)), Some(&t(2)), Some(&t(3)))?.items().iter().map(|(k, v)| (rt::value::Value::from(k), v)).collect()))?),
        "brepr" => show(bytes(b(0))),
        "bslice" => show(bytes(b(0)).slice(n(1), n(2), n(3))?),
        "bfind" => show((
            bm::find(&b(0), &b(1), n(2), n(3)),
            bm::rfind(&b(0), &b(1), n(2), n(3)),
            bm::count(&b(0), &b(1), n(2), n(3)),
        )),
        "breplace" => show(bm::replace(&b(0), &b(1), &b(2), a[3].i64())),
        "bsplit" => show(bm::split(&b(0), Some(&b(1)), a[2].i64())?),
        "bsplitws" => show(bm::split(&b(0), None, -1)?),
        "bhex" => show((bm::hex(&b(0)), bm::hex_sep(&b(0), &Str::lit("-"), a[1].i64())?)),
        "fromhex" => show(bytes(bm::fromhex(&s)?)),
        "bstrip" => show((bm::strip(&b(0), None), bm::strip(&b(0), Some(&b(1))), bm::rstrip(&b(0), Some(&b(1))))),
        "barr" => {
            let x = ByteArray::from(b(0));
            x.set(a[1].i64(), a[2].i64())?;
            show(x)
        }
        _ => Ok("?".to_string()),
    }
}
