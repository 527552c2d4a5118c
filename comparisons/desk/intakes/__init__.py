"""The screens by which figures come in from a file: upload, questions, plan, draft."""
