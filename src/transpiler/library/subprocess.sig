# subprocess: programs that run to their end; files as streams are refused when the call runs
type CompletedProcess = subprocess::CompletedProcess
type Popen = popen::Popen
attr subprocess.PIPE -> int = subprocess::PIPE
attr subprocess.STDOUT -> int = subprocess::STDOUT
attr subprocess.DEVNULL -> int = subprocess::DEVNULL
attr exceptions.subprocess.SubprocessError -> any = subprocess::SubprocessError
attr exceptions.subprocess.CalledProcessError -> any = subprocess::CalledProcessError
attr exceptions.subprocess.TimeoutExpired -> any = subprocess::TimeoutExpired
fn subprocess.run(args: any, capture_output: bool = False, text: bool = False, input: any = None, check: bool = False, shell: bool = False, cwd: any = None, stdin: any = None, stdout: any = None, stderr: any = None, timeout: opt[float] = None, env: any = None, universal_newlines: bool = False, encoding: opt[&str] = None) -> CompletedProcess ! = (subprocess::Options { text: subprocess::as_text({text} || {universal_newlines}, {encoding}), input: {input}, check: {check}, shell: {shell}, cwd: subprocess::folder(&{cwd}), stdin: {stdin}, stdout: {stdout}, stderr: {stderr}, timeout: {timeout}, env: {env} }).captured({capture_output}).and_then(|o| subprocess::run(&{args}, &o))
fn subprocess.check_output(args: any, text: bool = False, input: any = None, shell: bool = False, cwd: any = None, stdin: any = None, stdout: any = None, stderr: any = None, timeout: opt[float] = None, env: any = None, universal_newlines: bool = False, encoding: opt[&str] = None) -> any ! = subprocess::check_output(&{args}, subprocess::Options { text: subprocess::as_text({text} || {universal_newlines}, {encoding}), input: {input}, check: false, shell: {shell}, cwd: subprocess::folder(&{cwd}), stdin: {stdin}, stdout: {stdout}, stderr: {stderr}, timeout: {timeout}, env: {env} })
fn subprocess.call(args: any, text: bool = False, input: any = None, shell: bool = False, cwd: any = None, stdin: any = None, stdout: any = None, stderr: any = None, timeout: opt[float] = None, env: any = None, universal_newlines: bool = False, encoding: opt[&str] = None) -> int ! = subprocess::run(&{args}, &subprocess::Options { text: subprocess::as_text({text} || {universal_newlines}, {encoding}), input: {input}, check: false, shell: {shell}, cwd: subprocess::folder(&{cwd}), stdin: {stdin}, stdout: {stdout}, stderr: {stderr}, timeout: {timeout}, env: {env} }).map(|p| p.returncode)
fn subprocess.check_call(args: any, text: bool = False, input: any = None, shell: bool = False, cwd: any = None, stdin: any = None, stdout: any = None, stderr: any = None, timeout: opt[float] = None, env: any = None, universal_newlines: bool = False, encoding: opt[&str] = None) -> int ! = subprocess::run(&{args}, &subprocess::Options { text: subprocess::as_text({text} || {universal_newlines}, {encoding}), input: {input}, check: false, shell: {shell}, cwd: subprocess::folder(&{cwd}), stdin: {stdin}, stdout: {stdout}, stderr: {stderr}, timeout: {timeout}, env: {env} }).and_then(|p| p.check_returncode()).map(|_| 0)
fn subprocess.getoutput(cmd: &str) -> str ! = subprocess::getstatusoutput({cmd}).map(|p| p.1)
fn subprocess.getstatusoutput(cmd: &str) -> tuple[int, str] ! = subprocess::getstatusoutput({cmd})
attr CompletedProcess.returncode -> int = .returncode
attr CompletedProcess.stdout -> any = .stdout.clone()
attr CompletedProcess.stderr -> any = .stderr.clone()
attr CompletedProcess.args -> any = .args.clone()
fn CompletedProcess.check_returncode(self) -> none ! = .check_returncode
class subprocess.Popen(args: any, text: bool = False, shell: bool = False, cwd: any = None, stdin: any = None, stdout: any = None, stderr: any = None, env: any = None, universal_newlines: bool = False, encoding: opt[&str] = None) -> Popen ! = popen::Popen::new({args}, subprocess::Options { text: subprocess::as_text({text} || {universal_newlines}, {encoding}), input: value::Value::None, check: false, shell: {shell}, cwd: subprocess::folder(&{cwd}), stdin: {stdin}, stdout: {stdout}, stderr: {stderr}, timeout: None, env: {env} })
fn Popen.communicate(self, input: any = None, timeout: opt[float] = None) -> tuple[any, any] ! = .communicate
fn Popen.wait(self, timeout: opt[float] = None) -> int ! = .wait
fn Popen.poll(self) -> opt[int] ! = .poll
fn Popen.kill(self) -> none = .kill
fn Popen.terminate(self) -> none = .terminate
fn Popen.__enter__(self) -> Popen = .clone
fn Popen.__exit__(self) -> none ! = {self}.wait(None).map(|_| ())
attr Popen.pid -> int = .pid()
attr Popen.returncode -> opt[int] = .returncode()
attr Popen.args -> any = .args()
attr exc.returncode -> int ! = subprocess::of(&{self}, "returncode").map(|p| p.returncode)
attr exc.cmd -> any ! = subprocess::of(&{self}, "cmd").map(|p| p.args.clone())
attr exc.stdout -> any ! = subprocess::of(&{self}, "stdout").map(|p| p.stdout.clone())
attr exc.output -> any ! = subprocess::of(&{self}, "output").map(|p| p.stdout.clone())
attr exc.stderr -> any ! = subprocess::of(&{self}, "stderr").map(|p| p.stderr.clone())
attr exc.timeout -> float ! = subprocess::timeout_of(&{self})
