import signal
import subprocess
import sys
import time
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

from django.core.management.base import BaseCommand, CommandError, CommandParser

from config.demo_staff import DEMO_PASSWORD, DEMO_STAFF

SECONDS_TO_START = 60


class Command(BaseCommand):
    help = "Start the web server and the worker of the demo, and print where they are."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=8000, help="port of the web server")

    def handle(self, *args: Any, port: int, **options: Any) -> None:
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
        address = f"http://127.0.0.1:{port}"
        web = subprocess.Popen(  # noqa: S603
            [
                *(sys.executable, "-m", "gunicorn", "config.wsgi", "--bind", f"127.0.0.1:{port}"),
                *("--workers", "2", "--threads", "4", "--log-level", "warning"),
            ]
        )
        worker = subprocess.Popen([sys.executable, "manage.py", "run_worker"])
        try:
            self._wait_for(address, web)
            self._say_where(address)
            web.wait()
        except KeyboardInterrupt:
            pass
        finally:
            for process in (web, worker):
                process.terminate()
            for process in (web, worker):
                process.wait()

    def _wait_for(self, address: str, web: subprocess.Popen[bytes]) -> None:
        for _ in range(SECONDS_TO_START * 4):
            if web.poll() is not None:
                raise CommandError(f"The web server stopped. Is the port of {address} in use?")
            try:
                urlopen(f"{address}/healthz", timeout=2).close()  # noqa: S310
            except (URLError, OSError):
                time.sleep(0.25)
            else:
                return
        raise CommandError(f"Nothing answered on {address} within {SECONDS_TO_START} seconds.")

    def _say_where(self, address: str) -> None:
        self.stdout.write(f"\nThe demo town is at {address}/  (staff: {address}/staff/)")
        self.stdout.write(f"Log-ins, all with the password {DEMO_PASSWORD}:")
        for role, name in DEMO_STAFF.items():
            self.stdout.write(f"  {name:<12} {role}")
        self.stdout.write("Stop with Ctrl-C. Nothing that was entered is lost.")
        self.stdout.flush()
