"""What people ask and press, and how answers are sent to them."""
