// The tasks of the repository: `dotnet tool restore && dotnet cake`. `dotnet cake --description` lists them.
var target = Argument("target", "Default");
var configuration = Argument("configuration", "Release");
const string Solution = "./Coroutines.slnx";

void Run(string arguments)
{
    var exit = StartProcess("dotnet", arguments);
    if (exit != 0) throw new CakeException($"dotnet {arguments} ended with exit code {exit}.");
}

Task("Clean")
    .Description("Deletes what was built.")
    .Does(() => CleanDirectories(new[] { "./*/bin", "./*/obj", "./artifacts" }.SelectMany(p => GetDirectories(p))));

Task("Format")
    .Description("Formats every C# file in place.")
    .Does(() => Run("csharpier format ."));

Task("CheckFormat")
    .Description("Fails if a C# file isn't formatted.")
    .Does(() => Run("csharpier check ."));

Task("Build")
    .Description("Builds everything; a warning is an error.")
    .Does(() => Run($"build {Solution} --configuration {configuration}"));

Task("Test")
    .Description("Runs every test.")
    .IsDependentOn("Build")
    .Does(() => Run($"test --no-build --configuration {configuration}"));

Task("Coverage")
    .Description("Measures which lines and branches of the core its scenarios reach, into artifacts/coverage.")
    .Does(() =>
    {
        var core = $"run --project Coroutines.Tests.Core --configuration {configuration} --";
        Run($"{core} --results-directory artifacts/coverage --coverlet --coverlet-include [Coroutines]* --coverlet-output-format cobertura");
        Run("reportgenerator -reports:artifacts/coverage/*.xml -targetdir:artifacts/coverage -reporttypes:TextSummary;Html -filefilters:-*/Diagnostics/*;-*/Exploring/*");
    });

Task("Mutate")
    .Description("Changes the core in small ways and tells which ones no scenario notices; takes hours. Choose files with --files=Scope.cs.")
    .Does(() =>
    {
        var settings = new ProcessSettings
        {
            Arguments = $"stryker --skip-version-check --output ../artifacts/mutations {string.Concat(Argument("files", "*.cs,Polling/*.cs,Sync/*.cs").Split(',').Select(file => $"--mutate {file} "))}",
            WorkingDirectory = "./Coroutines.Tests.Core",
            EnvironmentVariables = new Dictionary<string, string> { ["Mutate"] = "true" },
        };
        if (StartProcess("dotnet", settings) != 0) throw new CakeException("dotnet stryker failed.");
    });

Task("Bench")
    .Description("Runs the benchmarks of the core; takes minutes. Choose some with --filter=*Resume*.")
    .Does(() => Run($"run --configuration Release --project Coroutines.Benchmarks -- --filter {Argument("filter", "*")}"));

Task("Publish")
    .Description("Publishes the server to artifacts/server, framework-dependent.")
    .Does(() => Run("publish Server.Host --configuration Release --output artifacts/server"));

Task("Pack")
    .Description("Packs the library into artifacts, as a NuGet package.")
    .Does(() => Run("pack Coroutines --configuration Release --output artifacts -p:ContinuousIntegrationBuild=true"));

Task("Reproduce")
    .Description("Builds the library of the last commit twice, in two folders, and fails if the bytes differ.")
    .Does(() =>
    {
        var first = BuildOfACopy("./artifacts/reproduce/first");
        var second = BuildOfACopy("./artifacts/reproduce/and-second");
        if (first != second) throw new CakeException($"The builds differ: SHA-256 {first} and {second}.");
        Information($"Both builds have SHA-256 {first}.");
    });

string BuildOfACopy(string folder)
{
    if (DirectoryExists(folder)) DeleteDirectory(folder, new() { Recursive = true, Force = true });
    if (StartProcess("git", $"clone --quiet . {folder}") != 0) throw new CakeException("git can't clone the repository.");
    Run($"build {folder}/Coroutines --configuration Release -p:ContinuousIntegrationBuild=true");
    return CalculateFileHash($"{folder}/Coroutines/bin/Release/net10.0/Coroutines.dll").ToHex();
}

Task("Default")
    .Description("Builds, checks the format and tests.")
    .IsDependentOn("CheckFormat")
    .IsDependentOn("Build")
    .IsDependentOn("Test");

RunTarget(target);
