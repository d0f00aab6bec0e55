"""What servers and people decided: subscriptions, the outbox, marks on sent alerts, facts."""
