"""Runs several commands of the console command in one process, as starting one each would take most of the time."""

import json
import subprocess
import sys
from collections.abc import Sequence
from types import SimpleNamespace

DRIVER = """
import contextlib, io, json, sys

def main():
    from cli.app import app
    from cli.mistakes import UserMistakeError
    results = []
    for words in json.load(sys.stdin):
        out, err, code = io.StringIO(), io.StringIO(), 0
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            try:
                app(words, standalone_mode=False)
            except SystemExit as error:
                code = error.code
            except UserMistakeError as error:
                err.write(str(error))
                code = 2
        results.append({"code": code, "out": out.getvalue(), "err": err.getvalue()})
    print(json.dumps(results))

if __name__ == "__main__":
    main()
"""


def run_commands(workplace: SimpleNamespace, *commands: Sequence[str], **more: str) -> list[SimpleNamespace]:
    """Run commands one after the other in one process; gives code, out and err of each."""
    script = workplace.folder / "session.py"  # a file, as processes of its own must be able to import it
    script.write_text(DRIVER)
    done = subprocess.run(
        [sys.executable, str(script)],
        input=json.dumps([list(words) for words in commands]),
        env=workplace.environment | more,
        cwd=workplace.folder,
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return [SimpleNamespace(**each) for each in json.loads(done.stdout)]
