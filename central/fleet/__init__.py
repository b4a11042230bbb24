"""The terminals: how they come in, how a request is known to be theirs."""
