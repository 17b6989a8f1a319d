"""The databases: how engines are made, the tables of truth and their migrations, the settings kept in them."""
