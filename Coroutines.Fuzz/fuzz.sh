#!/bin/bash
# Fuzzes the server's parser and conversation, guided by coverage: fuzz.sh SECONDS FOLDER
# Needs afl++ (Debian has it) and the tool sharpfuzz: dotnet tool install --global SharpFuzz.CommandLine
# Findings are in FOLDER/out/default/crashes and hangs; tried again by: dotnet run --project Coroutines.Fuzz -- FILE
set -eu
seconds=$1 folder=$2
here=$(dirname "$(realpath "$0")")
dotnet publish "$here" --configuration Release --output "$folder/bin" -v q
sharpfuzz "$folder/bin/Server.Host.dll"
export AFL_SKIP_BIN_CHECK=1 AFL_SKIP_CPUFREQ=1 AFL_I_DONT_CARE_ABOUT_MISSING_CRASHES=1 AFL_NO_UI=1
export DOTNET_TieredPGO=0
afl-fuzz -i "$here/../Coroutines.Tests/Fuzz/Corpus" -o "$folder/out" -x "$here/http.dict" -t 10000 -m none -V "$seconds" \
    -- dotnet "$folder/bin/Coroutines.Fuzz.dll"
