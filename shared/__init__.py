"""What the kiosk and the box office share: the domain, selling, storage, sync, printing, security and widgets."""
