"""HTTP: routers, who may call them, and problem documents for everything that goes wrong."""
