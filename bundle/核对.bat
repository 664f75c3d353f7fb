@echo off
rem Drop reports onto this file: they are checked, and the result opens in the browser.
"%~dp0gouji.exe" check --open %*
if errorlevel 2 pause
