"""`apr check` must find every fault of damaged_models.py in the stage that is named for it, and none in the sound model."""
import json
import pathlib
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import damaged_models  # noqa: E402
import run_cases  # noqa: E402

MICRO, NANO = (run_cases.ROOT / "models" / name for name in ("micro", "nano"))


def run(apr, folder, *options):
    done = subprocess.run([apr, "check", "--json", "--quiet", *options, str(folder)], capture_output=True, text=True,
                          timeout=300, check=False)
    return done.returncode, json.loads(done.stdout)


def check_sound_model_passes_and_skips_only_the_checksum(apr):
    status, report = run(apr, MICRO)
    found = {stage["name"]: stage["status"] for stage in report["stages"]}
    assert status == 0, report
    assert {name for name, state in found.items() if state != "passed"} == {"checksum"}, found
    assert found["checksum"] == "skipped" and report["all_passed"] is False, report
    assert run(apr, MICRO, "--strict")[0] == 5
    status, report = run(apr, MICRO, "--strict", "--skip", "checksum")
    assert status == 0 and report["all_passed"] is False, report


def check_every_fault_fails_its_stage(apr):
    wrong = []
    for fault, stage in damaged_models.DAMAGE.items():
        with tempfile.TemporaryDirectory() as scratch:
            status, report = run(apr, damaged_models.make(NANO, scratch, fault))
        failed = [s["name"] for s in report["stages"] if s["status"] == "failed"]
        if status != 5 or stage not in failed or report["all_passed"]:
            wrong.append(f"{fault.__name__}: status {status}, failed {failed}, wanted {stage}")
    assert not wrong, "\n".join(wrong)
