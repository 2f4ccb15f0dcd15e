"""What several test folders share stands beside this file: `strategies`, `judging`."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
