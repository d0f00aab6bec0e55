"""The releases that come with the program; README.md beside this file says what the files hold."""
