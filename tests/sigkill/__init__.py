"""An import that is killed at any moment: ``python -m tests.sigkill`` tries twenty."""
