"""What the tests of the rules share stands beside this file: `rows`, `drawing`."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
