"""Where figures come in: what somebody wrote, read into what the ledger keeps."""
