"""What goes on beside the answers: syncing, delivering."""
