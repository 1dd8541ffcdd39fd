"""Settings: `base` holds what is always true; `dev`, `test` and `production` differ as little as they can."""
