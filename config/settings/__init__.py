"""Settings: `base` is always true; `dev`, `test`, `production` differ as little as they can."""
