# shlex, in POSIX mode
fn shlex.split(s: &str, comments: bool = False) -> list[str] ! = shlex::split({s}, {comments}).map(List::from)  # uses: list
fn shlex.quote(s: &str) -> str = shlex::quote
fn shlex.join(split_command: iter[str]) -> str = shlex::join
