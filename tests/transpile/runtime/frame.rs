// The Rust side of the protocol: one case a line, fields separated by tabs, an answer a line.
// A field is a kind letter and its text: i int, f float, s str, b bytes in hex, n None, t bool.
#[derive(Debug, Clone)]
#[allow(dead_code)]
pub struct Arg(char, String);

#[allow(dead_code)]
impl Arg {
    pub fn int(&self) -> rt::int::Int {
        rt::int_text::parse(&rt::pystr::Str::new(&self.1)).unwrap_or_default()
    }
    pub fn i64(&self) -> i64 {
        self.1.parse().unwrap_or(0)
    }
    pub fn opt(&self) -> Option<i64> {
        if self.0 == 'n' { None } else { Some(self.i64()) }
    }
    pub fn f64(&self) -> f64 {
        self.1.parse().unwrap_or(f64::NAN)
    }
    pub fn bool(&self) -> bool {
        self.1 == "1"
    }
    pub fn str(&self) -> rt::pystr::Str {
        rt::pystr::Str::new(&self.1)
    }
    pub fn opt_str(&self) -> Option<rt::pystr::Str> {
        if self.0 == 'n' { None } else { Some(self.str()) }
    }
    pub fn bytes(&self) -> Vec<u8> {
        (0..self.1.len() / 2).map(|i| u8::from_str_radix(&self.1[2 * i..2 * i + 2], 16).unwrap_or(0)).collect()
    }
    /// Integers separated by spaces.
    pub fn ints(&self) -> Vec<i64> {
        self.1.split_whitespace().map(|x| x.parse().unwrap_or(0)).collect()
    }
    pub fn floats(&self) -> Vec<f64> {
        self.1.split_whitespace().map(|x| x.parse().unwrap_or(f64::NAN)).collect()
    }
}

fn unescape(s: &str) -> String {
    let mut out = String::new();
    let mut it = s.chars();
    while let Some(c) = it.next() {
        if c != '\\' {
            out.push(c);
            continue;
        }
        match it.next() {
            Some('n') => out.push('\n'),
            Some('t') => out.push('\t'),
            Some('r') => out.push('\r'),
            Some(c) => out.push(c),
            None => {}
        }
    }
    out
}

#[allow(dead_code)]
pub fn show<T: rt::traits::PyRepr>(x: T) -> rt::exc::R<String> {
    Ok(x.repr().to_string())
}

fn frame_main() -> Result<(), rt::exc::Exc> {
    loop {
        let line = rt::out::read_line()?;
        if line.is_empty() {
            return Ok(());
        }
        let fields: Vec<String> = line.trim_end_matches('\n').split('\t').map(str::to_string).collect();
        let args: Vec<Arg> = fields[1..]
            .iter()
            .map(|f| Arg(f.chars().next().unwrap_or('n'), unescape(f.get(1..).unwrap_or(""))))
            .collect();
        let answer = match std::panic::catch_unwind(|| run(&fields[0], &args)) {
            Ok(Ok(s)) => s,
            Ok(Err(e)) => format!("!{}", e.one_line()),
            Err(p) => match p.downcast::<rt::exc::Dying>() {
                Ok(d) => format!("!{}", d.0.one_line()),
                Err(_) => "!PANIC".to_string(),
            },
        };
        let answer = answer.replace('\\', "\\\\").replace('\n', "\\n").replace('\t', "\\t").replace('\r', "\\r");
        rt::out::write_line(&answer);
    }
}

fn main() {
    rt::start::run("case.py", frame_main)
}
