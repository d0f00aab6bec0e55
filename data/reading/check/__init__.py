"""Claims about asylum figures in a text, and what stands behind them."""
